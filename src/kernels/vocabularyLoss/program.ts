/**
 * The losses over the vocabulary on the GPU, a row of logits at a time: a workgroup's on a GPU; on an emulated one,
 * where barriers cost most, one invocation's. Rows that don't count are not read.
 */
import type { GpuProgram, GpuTraits } from '../backends/gpuProgram';
import { atWord, eachCell, logitRows } from '../backends/logitRows';
import { inCells } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';
import type { VocabularyLossAttributes } from './reference';

type ProgramOf = (...of: Parameters<FusedKernel<VocabularyLossAttributes>['gpu']>) => GpuProgram;

/** What both programs know of their row. */
function rowwise(rows: number, V: number, { soft, hard }: VocabularyLossAttributes, traits: GpuTraits) {
  const { uniforms, workgroups, wgsl } = logitRows(rows, V, traits);
  return {
    uniforms,
    workgroups,
    wgsl: `${wgsl}
      let T = temperature[0];
      let inverseT = 1.0 / T;
      ${soft ? 'let soft = weights[row];' : 'let soft = 0.0;'}
      ${hard ? 'let label = labels[row];' : 'let label = -1;'}
      let hard = select(0.0, weights[u.rows + row], label >= 0);`,
  };
}

const targets = (V: number, { soft, hard }: VocabularyLossAttributes): GpuProgram['bindings'] => [
  ...inCells(V, 'student', ...(soft ? ['teacher'] : [])),
  { name: 'temperature' },
  ...(hard ? [{ name: 'labels', type: 'i32' } as const] : []),
  { name: 'weights' },
];

const softAlone = (crossEntropy: boolean) => `
  var divergences = Cell();
  ${eachCell(`
    let s = (student[c] - tops.x) * inverseT - logs.x;
    let t = (teacher[c] - tops.y) * inverseT - logs.y;
    let p = exp(t);
    divergences += ${crossEntropy ? '-p * s' : 'exp(s) - p - p * (s - t)'};`)}
  divergence = max(0.0, rowSum(lane, vec4f(total(divergences))).x);`;

/**
 * With the derivative by T, as vocabularyLoss.as.ts has it; logarithms are counted from those of equal chances. The
 * rounding of the log-sums shifts all D a little: E[e^D - 1], which should be 0, tells by how much, and what that does
 * to the derivative is taken back.
 */
const softAndSlope = (crossEntropy: boolean) => `
  let apart = (tops.x - tops.y) * inverseT + logs.x - logs.y;
  let equal = log(f32(u.cells) * cellColumns);
  var divergences = Cell();
  var rise = Cell();
  var mean = Cell();
  var square = Cell();
  var shift = Cell();
  var product = Cell();
  ${eachCell(`
    let t = (teacher[c] - tops.y) * inverseT + (equal - logs.y);
    let p = exp(t - equal);
    let D = (student[c] - teacher[c]) * inverseT - apart;
    let s = t + D;
    let D2 = D * D;
    // e^D - 1 - D, and that less D^2 / 2
    let near = D2 * D * (1.0 / 6.0 + D * (1.0 / 24.0 + D * (1.0 / 120.0 + D * (1.0 / 720.0 + D * (1.0 / 5040.0)))));
    let far = exp((student[c] - tops.x) * inverseT - logs.x) - p - p * D;
    let isSmall = abs(D) < Cell(0.5);
    let h = select(far, p * (0.5 * D2 + near), isSmall);
    divergences += h;
    rise += 2.0 * select(far - 0.5 * p * D2, p * near, isSmall) - s * h;
    let ahead = h + p * D;
    shift += ahead;
    product += ahead * s;
    mean += p * t;
    square += p * t * t;`)}
  let found = rowSum(lane, vec4f(total(divergences), total(rise), total(mean), total(square)));
  let moved = rowSum(lane, vec4f(total(shift), total(product), 0.0, 0.0)).xy;
  let back = moved.x * (found.x - (moved.y - found.z * moved.x));
  let entropy = ${crossEntropy ? 'equal - found.z' : '0.0'};
  let variance = ${crossEntropy ? 'found.w - found.z * found.z' : '0.0'};
  divergence = max(0.0, found.x + entropy);
  slope = soft * T * (found.y + found.z * found.x - back + 2.0 * entropy + variance);`;

/**
 * One reading of a row gives log Σ exp of s/T, t/T and s: sums of the exponentials below the largest logit so far,
 * scaled down when a larger one comes (Milakov and Gimelshein 2018, algorithm 3).
 *
 * A second one sums the divergence as Σ (p_s − p_t − p_t (log p_s − log p_t)). Both distributions sum to 1, so that this
 * is Σ p_t log(p_t/p_s), but its terms are never negative and an error of the logarithms cancels: the usual sum loses its
 * digits where the distributions are alike, at high T and when a student has learned what there was to learn.
 */
export const vocabularyLossProgram: ProgramOf = ({ student: [rows, V] }, attributes, traits) => {
  const { soft, hard, crossEntropy, temperatureGradient } = attributes;
  const row = rowwise(rows, V, attributes, traits);
  const addSoft = `
    let t = teacher[c];
    let risenT = max(topT, largest(t));
    sumS = sumS * exp((topS - risenS) * inverseT) + exp((s - risenS) * inverseT);
    sumT = sumT * exp((topT - risenT) * inverseT) + exp((t - risenT) * inverseT);
    topT = risenT;`;
  const addHard = 'if (hard != 0.0) { sum = sum * exp(topS - risenS) + exp(s - risenS); }';
  const softTerm = `
    if (soft != 0.0) {
      ${temperatureGradient ? softAndSlope(crossEntropy) : softAlone(crossEntropy)}
      stats.y = tops.x * inverseT + logs.x;
      stats.z = tops.y * inverseT + logs.y;
    }`;
  const hardTerm = `
    if (hard != 0.0) {
      crossEntropy = logs.z - (${atWord('student', 'label', V)} - tops.x);
      stats.x = tops.x + logs.z;
    }`;
  return {
    label: 'vocabularyLoss',
    bindings: [
      ...targets(V, attributes),
      { name: 'out0' },
      { name: 'out1', type: 'vec4<f32>' },
      ...(temperatureGradient ? [{ name: 'out2' }] : []),
    ],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl}
      var divergence = 0.0;
      var crossEntropy = 0.0;
      var stats = vec4f();
      ${temperatureGradient ? 'var slope = 0.0;' : ''}
      if (soft != 0.0 || hard != 0.0) {
        var topS = -1e30;
        var topT = -1e30;
        var sumS = Cell();
        var sumT = Cell();
        var sum = Cell();
        ${eachCell(`
          let s = student[c];
          let risenS = max(topS, largest(s));
          ${soft ? addSoft : ''}
          ${hard ? addHard : ''}
          topS = risenS;`)}
        let tops = rowMax(lane, vec4f(topS, topT, 0.0, 0.0));
        let ownShare = exp((vec3f(topS, topT, topS) - tops.xyx) * vec3f(inverseT, inverseT, 1.0));
        let sums = rowSum(lane, vec4f(vec3f(total(sumS), total(sumT), total(sum)) * ownShare, 0.0));
        let logs = log(max(sums.xyz, vec3f(1e-30))); // 0 where a term doesn't count
        ${soft ? softTerm : ''}
        ${hard ? hardTerm : ''}
      }
      if (lane > 0u) { return; }
      out0[row] = soft * T * T * divergence;
      out0[u.rows + row] = hard * crossEntropy;
      out1[row] = stats;
      ${temperatureGradient ? 'out2[row] = slope;' : ''}
    }`,
  };
};

export const vocabularyLossGradientProgram: ProgramOf = ({ student: [rows, V] }, attributes, traits) => {
  const { soft, hard } = attributes;
  const row = rowwise(rows, V, attributes, traits);
  const softSlope = `
    if (bySoft != 0.0) {
      slope += bySoft * (exp(student[c] * inverseT - logs.y) - exp(teacher[c] * inverseT - logs.z));
    }`;
  const hardSlope = 'if (byHard != 0.0) { slope += byHard * exp(student[c] - logs.x); }';
  // By the lane that has written the cell.
  const subtractLabel = `
    if (label >= 0 && u32(label) / ${V % 4 === 0 ? 4 : 1} % lanes == lane) {
      ${atWord('out0', 'label', V)} -= byHard;
    }`;
  return {
    label: 'vocabularyLossGradient',
    bindings: [
      { name: 'dlosses' },
      ...targets(V, attributes),
      { name: 'stats', type: 'vec4<f32>' },
      ...inCells(V, 'out0'),
    ],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl}
      let bySoft = ${soft ? 'dlosses[row] * soft * T' : '0.0'};
      let byHard = ${hard ? 'dlosses[u.rows + row] * hard' : '0.0'};
      let logs = stats[row];
      ${eachCell(`
        var slope = Cell();
        ${soft ? softSlope : ''}
        ${hard ? hardSlope : ''}
        out0[c] = slope;`)}
      ${hard ? subtractLabel : ''}
    }`,
  };
};

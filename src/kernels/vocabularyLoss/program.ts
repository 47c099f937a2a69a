/**
 * The losses over the vocabulary on the GPU, a row of logits at a time: a workgroup's on a GPU; on an emulated one,
 * where barriers cost most, one invocation's. Rows that don't count are not read.
 */
import { type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, folded, inCells, mainWgsl } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';
import type { VocabularyLossAttributes } from './reference';

type ProgramOf = (...of: Parameters<FusedKernel<VocabularyLossAttributes>['gpu']>) => GpuProgram;

/** A function that joins four numbers of each lane over all lanes of the row. */
const joining = (name: string, both: string) => `
  fn ${name}(lane: u32, own: vec4f) -> vec4f {
    exchange[lane] = own;
    for (var half = lanes / 2; half > 0; half /= 2) {
      workgroupBarrier();
      if (lane < half) {
        let a = exchange[lane];
        let b = exchange[lane + half];
        exchange[lane] = ${both};
      }
    }
    workgroupBarrier();
    let all = exchange[0];
    workgroupBarrier();
    return all;
  }`;

/** `lanes`, `rowSum` and `rowMax`, and the head of `main`: what both programs know of their row. */
function rowwise(rows: number, V: number, { soft, hard }: VocabularyLossAttributes, { software }: GpuTraits) {
  const alone = `
    const lanes = 1u;
    fn rowSum(lane: u32, own: vec4f) -> vec4f { return own; }
    fn rowMax(lane: u32, own: vec4f) -> vec4f { return own; }
    ${mainWgsl(16)}
      let row = 16u * group + local;
      let lane = 0u;`;
  const together = `
    const lanes = 64u;
    var<workgroup> exchange: array<vec4f, lanes>;
    ${joining('rowSum', 'a + b')}
    ${joining('rowMax', 'max(a, b)')}
    ${mainWgsl(64)}
      let row = group;
      let lane = local;`;
  return {
    uniforms: { rows: u32(rows), cells: u32(cellsIn(V)) },
    workgroups: folded(software ? Math.ceil(rows / 16) : rows),
    wgsl: `${cellWgsl(V)}
      fn largest(x: Cell) -> f32 { return ${V % 4 === 0 ? 'max(max(x.x, x.y), max(x.z, x.w))' : 'x'}; }
      ${software ? alone : together}
      if (row >= u.rows) { return; }
      let start = row * u.cells;
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

/** The number of a row that belongs to its label. */
const atLabel = (array: string, V: number) =>
  V % 4 === 0 ? `${array}[start + u32(label) / 4][label % 4]` : `${array}[start + u32(label)]`;

const cells = (text: string) => `for (var c = start + lane; c < start + u.cells; c += lanes) { ${text} }`;

/**
 * One reading of a row gives log Σ exp of s/T, t/T and s: sums of the exponentials below the largest logit so far,
 * scaled down when a larger one comes (Milakov and Gimelshein 2018, algorithm 3).
 *
 * A second one sums the divergence as Σ (p_s − p_t − p_t (log p_s − log p_t)). Both distributions sum to 1, so that this
 * is Σ p_t log(p_t/p_s), but its terms are never negative and an error of the logarithms cancels: the usual sum loses its
 * digits where the distributions are alike, at high T and when a student has learned what there was to learn.
 */
export const vocabularyLossProgram: ProgramOf = ({ student: [rows, V] }, attributes, traits) => {
  const { soft, hard } = attributes;
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
      var divergences = Cell();
      ${cells(`
        let s = (student[c] - tops.x) * inverseT - logs.x;
        let t = (teacher[c] - tops.y) * inverseT - logs.y;
        let p = exp(t);
        divergences += exp(s) - p - p * (s - t);`)}
      divergence = max(0.0, rowSum(lane, vec4f(total(divergences))).x);
      stats.y = tops.x * inverseT + logs.x;
      stats.z = tops.y * inverseT + logs.y;
    }`;
  const hardTerm = `
    if (hard != 0.0) {
      crossEntropy = logs.z - (${atLabel('student', V)} - tops.x);
      stats.x = tops.x + logs.z;
    }`;
  return {
    label: 'vocabularyLoss',
    bindings: [...targets(V, attributes), { name: 'out0' }, { name: 'out1', type: 'vec4<f32>' }],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl}
      var divergence = 0.0;
      var crossEntropy = 0.0;
      var stats = vec4f();
      if (soft != 0.0 || hard != 0.0) {
        var topS = -1e30;
        var topT = -1e30;
        var sumS = Cell();
        var sumT = Cell();
        var sum = Cell();
        ${cells(`
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
      ${atLabel('out0', V)} -= byHard;
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
      ${cells(`
        var slope = Cell();
        ${soft ? softSlope : ''}
        ${hard ? hardSlope : ''}
        out0[c] = slope;`)}
      ${hard ? subtractLabel : ''}
    }`,
  };
};

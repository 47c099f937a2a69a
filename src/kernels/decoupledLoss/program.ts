/**
 * Decoupled distillation's losses on the GPU, a row of logits at a time. Rows that don't count are not read. The gold
 * word is left out of a sum by a logit so low that its exponential is 0.
 */
import type { GpuProgram } from '../backends/gpuProgram';
import { atWord, eachCell, logitRows } from '../backends/logitRows';
import { inCells } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';

type ProgramOf = (...of: Parameters<FusedKernel['gpu']>) => GpuProgram;

const targets = (V: number): GpuProgram['bindings'] => [
  ...inCells(V, 'student', 'teacher'),
  { name: 'temperature' },
  { name: 'gold', type: 'i32' },
  { name: 'weights' },
];

/** `others(x, column)`: a cell, whose first column is told, without the gold word. */
const othersWgsl = (V: number) =>
  V % 4 === 0
    ? `fn others(x: Cell, column: u32, word: i32) -> Cell {
        return select(x, Cell(-1e30), vec4u(0, 1, 2, 3) + column == vec4u(u32(word)));
      }`
    : `fn others(x: Cell, column: u32, word: i32) -> Cell {
        return select(x, -1e30, column == u32(word));
      }`;

const rowWgsl = `
  let T = temperature[0];
  let inverseT = 1.0 / T;
  let word = gold[row];
  let weight = select(0.0, weights[row], word >= 0);`;

/** `text` for each cell, with s and t its logits without the gold word. */
const eachCellOfOthers = (text: string) =>
  eachCell(`
    let column = (c - start) * u32(cellColumns);
    let s = others(student[c], column, word);
    let t = others(teacher[c], column, word);
    ${text}`);

/**
 * log σ(x) and p·(e^δ − 1 − δ), δ = log p' − log p, which is p' − p − p δ. Summed over both bins that is their divergence,
 * as Σ p' = Σ p, of terms that are never negative; the series keeps their digits where p' is next to p.
 * log(1 + e) is 2 artanh(e / (2 + e)), which has all digits of a small e.
 */
const binsWgsl = `
  fn logSigmoid(x: f32) -> f32 {
    let e = exp(-abs(x));
    let z = e / (2.0 + e);
    let z2 = z * z;
    var p = 1.0 / 13.0;
    for (var k = 11.0; k > 0.0; k -= 2.0) { p = p * z2 + 1.0 / k; }
    return min(x, 0.0) - 2.0 * z * p;
  }
  fn binTerm(logP: f32, logOther: f32) -> f32 {
    let d = logOther - logP;
    let p = exp(logP);
    if (abs(d) > 0.5) { return exp(logOther) - p - p * d; }
    var series = 1.0;
    for (var k = 9.0; k > 2.0; k -= 1.0) { series = 1.0 + d / k * series; }
    return 0.5 * p * d * d * series;
  }`;

/** One reading of a row for its log-sums of exponentials, one for the divergence, as in ../vocabularyLoss/program.ts. */
export const decoupledLossProgram: ProgramOf = ({ student: [rows, V] }, _attributes, traits) => {
  const row = logitRows(rows, V, traits);
  return {
    label: 'decoupledLoss',
    bindings: [...targets(V), { name: 'out0' }, { name: 'out1' }],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${othersWgsl(V)} ${binsWgsl} ${row.wgsl} ${rowWgsl}
      var losses = vec2f();
      var stats = vec3f();
      if (weight != 0.0) {
        var topS = -1e30;
        var topT = -1e30;
        var sumS = Cell();
        var sumT = Cell();
        ${eachCellOfOthers(`
          let risenS = max(topS, largest(s));
          let risenT = max(topT, largest(t));
          sumS = sumS * exp((topS - risenS) * inverseT) + exp((s - risenS) * inverseT);
          sumT = sumT * exp((topT - risenT) * inverseT) + exp((t - risenT) * inverseT);
          topS = risenS;
          topT = risenT;`)}
        let tops = rowMax(lane, vec4f(topS, topT, 0.0, 0.0)).xy;
        let ownShare = exp((vec2f(topS, topT) - tops) * inverseT);
        let sums = rowSum(lane, vec4f(vec2f(total(sumS), total(sumT)) * ownShare, 0.0, 0.0));
        let logs = log(sums.xy);
        var divergences = Cell();
        ${eachCellOfOthers(`
          let logS = (s - tops.x) * inverseT - logs.x;
          let logT = (t - tops.y) * inverseT - logs.y;
          let p = exp(logT);
          divergences += exp(logS) - p - p * (logS - logT);`)}
        let nckd = max(0.0, rowSum(lane, vec4f(total(divergences))).x);
        let marginS = (${atWord('student', 'word', V)} - tops.x) * inverseT - logs.x;
        let marginT = (${atWord('teacher', 'word', V)} - tops.y) * inverseT - logs.y;
        let s = vec2f(logSigmoid(marginS), logSigmoid(-marginS));
        let t = vec2f(logSigmoid(marginT), logSigmoid(-marginT));
        let tckd = binTerm(t.x, s.x) + binTerm(t.y, s.y);
        losses = weight * T * T * vec2f(tckd, nckd);
        stats = vec3f(tops * inverseT + logs, exp(s.x + t.y) - exp(t.x + s.y));
      }
      if (lane > 0u) { return; }
      out0[row] = losses.x;
      out0[u.rows + row] = losses.y;
      for (var i = 0u; i < 3u; i++) { out1[3u * row + i] = stats[i]; }
    }`,
  };
};

export const decoupledLossGradientProgram: ProgramOf = ({ student: [rows, V] }, _attributes, traits) => {
  const row = logitRows(rows, V, traits);
  return {
    label: 'decoupledLossGradient',
    bindings: [{ name: 'dlosses' }, ...targets(V), { name: 'stats' }, ...inCells(V, 'out0')],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${othersWgsl(V)} ${row.wgsl} ${rowWgsl}
      if (weight == 0.0) {
        ${eachCell('out0[c] = Cell();')}
        return;
      }
      let logS = stats[3u * row];
      let logT = stats[3u * row + 1u];
      let byBins = dlosses[row] * weight * T * stats[3u * row + 2u];
      let byOthers = dlosses[u.rows + row] * weight * T;
      ${eachCellOfOthers(`
        let p = exp(s * inverseT - logS);
        let q = exp(t * inverseT - logT);
        out0[c] = byOthers * (p - q) - byBins * p;`)}
      // By the lane that has written the cell.
      if (u32(word) / ${V % 4 === 0 ? 4 : 1} % lanes == lane) { ${atWord('out0', 'word', V)} = byBins; }
    }`,
  };
};

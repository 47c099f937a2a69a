/** Distillation with standardised logits on the GPU, a row of logits at a time. Rows that don't count are not read. */
import type { GpuProgram } from '../backends/gpuProgram';
import { eachCell, logitRows } from '../backends/logitRows';
import { inCells } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';
import { deviationEpsilon } from './reference';

type ProgramOf = (...of: Parameters<FusedKernel['gpu']>) => GpuProgram;

const targets = (V: number): GpuProgram['bindings'] => [
  ...inCells(V, 'student', 'teacher'),
  { name: 'temperature' },
  { name: 'weights' },
];

const rowWgsl = `
  let T = temperature[0];
  let weight = weights[row];`;

/**
 * Four readings of a row: for mean and maximum, for the deviation, for the sum of exponentials, and for the divergence,
 * whose terms are never negative, as in ../vocabularyLoss/program.ts. In the vectors x belongs to the student, y to the
 * teacher.
 */
export const standardisedLossProgram: ProgramOf = ({ student: [rows, V] }, _attributes, traits) => {
  const row = logitRows(rows, V, traits);
  return {
    label: 'standardisedLoss',
    bindings: [...targets(V), { name: 'out0' }, { name: 'out1' }],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl} ${rowWgsl}
      var loss = 0.0;
      var stats = array<f32, 7>();
      if (weight != 0.0) {
        let words = cellColumns * f32(u.cells);
        var sumS = Cell();
        var sumT = Cell();
        var topS = -1e30;
        var topT = -1e30;
        ${eachCell(`
          let s = student[c];
          let t = teacher[c];
          sumS += s;
          sumT += t;
          topS = max(topS, largest(s));
          topT = max(topT, largest(t));`)}
        let means = rowSum(lane, vec4f(total(sumS), total(sumT), 0.0, 0.0)).xy / words;
        let tops = rowMax(lane, vec4f(topS, topT, 0.0, 0.0)).xy;
        var squaresS = Cell();
        var squaresT = Cell();
        ${eachCell(`
          let s = student[c] - means.x;
          let t = teacher[c] - means.y;
          squaresS += s * s;
          squaresT += t * t;`)}
        let squares = rowSum(lane, vec4f(total(squaresS), total(squaresT), 0.0, 0.0)).xy;
        let deviations = sqrt(squares / (words - 1.0));
        let scales = 1.0 / ((deviations + ${deviationEpsilon}) * T);
        var powersS = Cell();
        var powersT = Cell();
        ${eachCell(`
          powersS += exp((student[c] - tops.x) * scales.x);
          powersT += exp((teacher[c] - tops.y) * scales.y);`)}
        let powers = rowSum(lane, vec4f(total(powersS), total(powersT), 0.0, 0.0)).xy;
        let logs = log(powers);
        var divergences = Cell();
        var shifts = Cell();
        ${eachCell(`
          let s = (student[c] - tops.x) * scales.x;
          let logS = s - logs.x;
          let logT = (teacher[c] - tops.y) * scales.y - logs.y;
          let p = exp(logT);
          let difference = exp(logS) - p;
          divergences += difference - p * (logS - logT);
          shifts += difference * s;`)}
        let sums = rowSum(lane, vec4f(total(divergences), total(shifts), 0.0, 0.0));
        loss = weight * T * T * max(0.0, sums.x);
        let logSums = (tops - means) * scales + logs;
        var slope = 0.0;
        if (deviations.x > 0.0) { slope = sums.y * T / ((words - 1.0) * deviations.x * scales.x); }
        stats = array<f32, 7>(means.x, scales.x, logSums.x, means.y, scales.y, logSums.y, slope);
      }
      if (lane > 0u) { return; }
      out0[row] = loss;
      for (var i = 0u; i < 7u; i++) { out1[7u * row + i] = stats[i]; }
    }`,
  };
};

export const standardisedLossGradientProgram: ProgramOf = ({ student: [rows, V] }, _attributes, traits) => {
  const row = logitRows(rows, V, traits);
  return {
    label: 'standardisedLossGradient',
    bindings: [{ name: 'dlosses' }, ...targets(V), { name: 'stats' }, ...inCells(V, 'out0')],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl} ${rowWgsl}
      if (weight == 0.0) {
        ${eachCell('out0[c] = Cell();')}
        return;
      }
      let ofStudent = vec3f(stats[7u * row], stats[7u * row + 1u], stats[7u * row + 2u]);
      let ofTeacher = vec3f(stats[7u * row + 3u], stats[7u * row + 4u], stats[7u * row + 5u]);
      let slope = stats[7u * row + 6u];
      let factor = dlosses[row] * weight * T * T * ofStudent.y;
      ${eachCell(`
        let s = (student[c] - ofStudent.x) * ofStudent.y;
        let t = (teacher[c] - ofTeacher.x) * ofTeacher.y;
        out0[c] = factor * (exp(s - ofStudent.z) - exp(t - ofTeacher.z) - slope * s);`)}
    }`,
  };
};

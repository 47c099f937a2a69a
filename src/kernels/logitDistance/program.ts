/** The squared distance of two rows of logits on the GPU, and its gradient. Rows that don't count are not read. */
import type { GpuProgram } from '../backends/gpuProgram';
import { eachCell, logitRows } from '../backends/logitRows';
import { inCells } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';

type ProgramOf = (...of: Parameters<FusedKernel['gpu']>) => GpuProgram;

const operands = (V: number): GpuProgram['bindings'] => [
  ...inCells(V, 'student', 'teacher'),
  { name: 'scale' },
  { name: 'weights' },
];

export const logitDistanceProgram: ProgramOf = ({ student: [rows, V] }, _attributes, traits) => {
  const row = logitRows(rows, V, traits);
  return {
    label: 'logitDistance',
    bindings: [...operands(V), { name: 'out0' }],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl}
      let weight = weights[row];
      var squares = Cell();
      if (weight != 0.0) {
        let a = scale[0];
        ${eachCell(`
          let difference = student[c] - a * teacher[c];
          squares += difference * difference;`)}
      }
      let sum = rowSum(lane, vec4f(total(squares))).x;
      if (lane == 0u) { out0[row] = weight * sum; }
    }`,
  };
};

export const logitDistanceGradientProgram: ProgramOf = ({ student: [rows, V] }, _attributes, traits) => {
  const row = logitRows(rows, V, traits);
  return {
    label: 'logitDistanceGradient',
    bindings: [{ name: 'ddistances' }, ...operands(V), ...inCells(V, 'out0')],
    uniforms: row.uniforms,
    workgroups: row.workgroups,
    code: `${row.wgsl}
      let weight = weights[row];
      if (weight == 0.0) {
        ${eachCell('out0[c] = Cell();')}
        return;
      }
      let a = scale[0];
      let factor = 2.0 * ddistances[row] * weight;
      ${eachCell('out0[c] = factor * (student[c] - a * teacher[c]);')}
    }`,
  };
};

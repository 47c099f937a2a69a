/** The cosine loss of each row on the GPU, and its gradient: one pass over rows each. */
import { type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, inCells, rowLayout } from '../backends/rowwise';
import type { Attributes, Shapes } from '../kernel';
import { normEpsilon } from './reference';

const productsWgsl = `
  let start = row * u.cells;
  var products = Cell();
  var studentSquares = Cell();
  var teacherSquares = Cell();
  for (var c = lane; c < u.cells; c += lanes) {
    let s = student[start + c];
    let t = teacher[start + c];
    products += s * t;
    studentSquares += s * s;
    teacherSquares += t * t;
  }
  let inverseStudent = inverseSqrt(rowSum(0, local, total(studentSquares)) + ${normEpsilon});
  let inverseTeacher = inverseSqrt(rowSum(1, local, total(teacherSquares)) + ${normEpsilon});
  let cosine = rowSum(2, local, total(products)) * inverseStudent * inverseTeacher;`;

export function cosineLossPrograms(
  { student: [R, d] }: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const layout = rowLayout(R, traits, { stages: 3 });
  return [
    {
      label: 'cosineLoss',
      bindings: [...inCells(d, 'student', 'teacher'), { name: 'weights' }, { name: 'out0' }],
      uniforms: { rows: u32(R), cells: u32(cellsIn(d)) },
      code: `${cellWgsl(d)} ${layout.wgsl} ${layout.main}
        ${productsWgsl}
        if (row < u.rows && lane == 0u) { out0[row] = weights[row] * (1.0 - cosine); }
      }`,
      workgroups: layout.workgroups,
    },
  ];
}

export function cosineLossGradientPrograms(
  { student: [R, d] }: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const layout = rowLayout(R, traits, { stages: 3 });
  return [
    {
      label: 'cosineLossGradient',
      bindings: [
        { name: 'dlosses' },
        ...inCells(d, 'student', 'teacher'),
        { name: 'weights' },
        ...inCells(d, 'out0'),
      ],
      uniforms: { rows: u32(R), cells: u32(cellsIn(d)) },
      code: `${cellWgsl(d)} ${layout.wgsl} ${layout.main}
        ${productsWgsl}
        if (row >= u.rows) { return; }
        let scale = -dlosses[row] * weights[row] * inverseStudent;
        for (var c = lane; c < u.cells; c += lanes) {
          let t = teacher[start + c] * inverseTeacher;
          let s = student[start + c] * inverseStudent;
          out0[start + c] = scale * (t - cosine * s);
        }
      }`,
      workgroups: layout.workgroups,
    },
  ];
}

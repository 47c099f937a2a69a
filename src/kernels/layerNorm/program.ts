/** Layer normalisation on the GPU: one pass over rows; its gradient adds one over columns. */
import { f32, type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, folded, inCells, mainWgsl, rowLayout } from '../backends/rowwise';
import type { Shapes } from '../kernel';
import type { LayerNormAttributes } from './reference';

const sizes = (rows: number, d: number) => ({ rows: u32(rows), cells: u32(cellsIn(d)), columns: f32(d) });

/**
 * One reading of a row gives its mean and variance: sums of z and z², where z = x less the mean of the row's first cell, a
 * number near enough to the row's that the difference of the sums keeps its digits. `more` is added to the loop.
 */
const momentsWgsl = (more = '') => `
  let start = row * u.cells;
  let shift = total(x[start]) / cellColumns;
  var sumZ = Cell();
  var sumZZ = Cell();
  for (var c = lane; c < u.cells; c += lanes) {
    let z = x[start + c] - shift;
    sumZ += z;
    sumZZ += z * z;
    ${more}
  }
  let meanZ = rowSum(0, local, total(sumZ)) / u.columns;
  let variance = max(0.0, rowSum(1, local, total(sumZZ)) / u.columns - meanZ * meanZ);
  let mean = shift + meanZ;
  let inverseDeviation = inverseSqrt(variance + u.epsilon);`;

export function layerNormPrograms(
  { x: [R, d] }: Shapes,
  { epsilon }: LayerNormAttributes,
  traits: GpuTraits,
): GpuProgram[] {
  const layout = rowLayout(R, traits, { stages: 2 });
  return [
    {
      label: 'layerNorm',
      bindings: inCells(d, 'x', 'gain', 'bias', 'out0'),
      uniforms: { ...sizes(R, d), epsilon: f32(epsilon) },
      code: `${cellWgsl(d)} ${layout.wgsl} ${layout.main}
        ${momentsWgsl()}
        if (row >= u.rows) { return; }
        for (var c = lane; c < u.cells; c += lanes) {
          out0[start + c] = (x[start + c] - mean) * inverseDeviation * gain[c] + bias[c];
        }
      }`,
      workgroups: layout.workgroups,
    },
  ];
}

export function layerNormGradientPrograms(
  { x: [R, d] }: Shapes,
  { epsilon }: LayerNormAttributes,
  traits: GpuTraits,
): GpuProgram[] {
  return [inputGradient(R, d, epsilon, traits), parameterGradients(R, d, traits)];
}

/** dx, and for the second pass each row's mean and 1/√(variance + ε). */
function inputGradient(R: number, d: number, epsilon: number, traits: GpuTraits): GpuProgram {
  const layout = rowLayout(R, traits, { stages: 4 });
  return {
    label: 'layerNormGradient, rows',
    bindings: [
      ...inCells(d, 'dy', 'x', 'gain', 'out0'),
      { name: 'scratchMoments', type: 'vec2<f32>', access: 'read_write' },
    ],
    uniforms: { ...sizes(R, d), epsilon: f32(epsilon) },
    code: `${cellWgsl(d)} ${layout.wgsl} ${layout.main}
      var sumG = Cell();
      var sumGZ = Cell();
      ${momentsWgsl(`
        let g = dy[start + c] * gain[c];
        sumG += g;
        sumGZ += g * z;`)}
      let meanG = rowSum(2, local, total(sumG)) / u.columns;
      let meanGZ = rowSum(3, local, total(sumGZ)) / u.columns;
      let meanGN = (meanGZ - meanZ * meanG) * inverseDeviation;
      if (row >= u.rows) { return; }
      for (var c = lane; c < u.cells; c += lanes) {
        let n = (x[start + c] - mean) * inverseDeviation;
        out0[start + c] = (dy[start + c] * gain[c] - meanG - n * meanGN) * inverseDeviation;
      }
      if (lane == 0u) { scratchMoments[row] = vec2<f32>(mean, inverseDeviation); }
    }`,
    workgroups: layout.workgroups,
    scratch: { scratchMoments: 2 * R },
  };
}

/**
 * dgain and dbias. On a GPU a workgroup takes 4 cells of every row and splits the rows among 64 segments, added up at
 * the end; an emulated one has too few invocations running at once to gain by that.
 */
function parameterGradients(R: number, d: number, { software }: GpuTraits): GpuProgram {
  const segments = software ? 1 : 64;
  const size = 4 * segments;
  const addSegments = `
    gains[local] = dgain;
    biases[local] = dbias;
    workgroupBarrier();
    if (segment > 0u) { return; }
    for (var s = 1u; s < segments; s++) {
      dgain += gains[4u * s + local];
      dbias += biases[4u * s + local];
    }`;
  return {
    label: 'layerNormGradient, columns',
    bindings: [
      ...inCells(d, 'dy', 'x'),
      { name: 'scratchMoments', type: 'vec2<f32>', access: 'read' },
      ...inCells(d, 'out1', 'out2'),
    ],
    uniforms: { rows: u32(R), cells: u32(cellsIn(d)) },
    code: `${cellWgsl(d)}
      const segments = ${segments}u;
      ${software ? '' : `var<workgroup> gains: array<Cell, ${size}>; var<workgroup> biases: array<Cell, ${size}>;`}
      ${mainWgsl(size)}
      let c = group * 4u + local % 4u;
      let segment = local / 4u;
      var dgain = Cell();
      var dbias = Cell();
      if (c < u.cells) {
        for (var row = segment; row < u.rows; row += segments) {
          let moments = scratchMoments[row];
          let g = dy[row * u.cells + c];
          dgain += g * (x[row * u.cells + c] - moments.x) * moments.y;
          dbias += g;
        }
      }
      ${software ? '' : addSegments}
      if (c < u.cells) {
        out1[c] = dgain;
        out2[c] = dbias;
      }
    }`,
    workgroups: folded(Math.ceil(cellsIn(d) / 4)),
  };
}

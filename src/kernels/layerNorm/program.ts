/** Layer normalisation and its gradient on the GPU, a dispatch each. */
import { f32, type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, folded, inCells, mainWgsl, rowLayout } from '../backends/rowwise';
import type { Shapes } from '../kernel';
import type { LayerNormAttributes } from './reference';

const sizes = (rows: number, d: number) => ({ rows: u32(rows), cells: u32(cellsIn(d)), columns: f32(d) });

/**
 * One reading of a row gives its mean and variance: sums of z and z², where z = x less the mean of the row's first cell, a
 * number near enough to the row's that the difference of the sums keeps its digits.
 */
const momentsWgsl = `
  let start = row * u.cells;
  let shift = total(x[start]) / cellColumns;
  var sumZ = Cell();
  var sumZZ = Cell();
  for (var c = lane; c < u.cells; c += lanes) {
    let z = x[start + c] - shift;
    sumZ += z;
    sumZZ += z * z;
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
      bindings: [...inCells(d, 'x', 'gain', 'bias', 'out0'), { name: 'out1', type: 'vec2<f32>' }],
      uniforms: { ...sizes(R, d), epsilon: f32(epsilon) },
      code: `${cellWgsl(d)} ${layout.wgsl} ${layout.main}
        ${momentsWgsl}
        if (row >= u.rows) { return; }
        if (lane == 0u) { out1[row] = vec2<f32>(mean, inverseDeviation); }
        for (var c = lane; c < u.cells; c += lanes) {
          out0[start + c] = (x[start + c] - mean) * inverseDeviation * gain[c] + bias[c];
        }
      }`,
      workgroups: layout.workgroups,
    },
  ];
}

/**
 * dx by rows, and dgain and dbias by columns, side by side in one dispatch: the first workgroups take rows, the others
 * columns. On a GPU a workgroup takes 4 cells of every row and splits the rows among segments, added up at the end; an
 * emulated one has too few invocations running at once to gain by that, and an invocation takes a whole cell.
 */
export function layerNormGradientPrograms(
  { x: [R, d] }: Shapes,
  _attributes: object,
  traits: GpuTraits,
): GpuProgram[] {
  const { software } = traits;
  const layout = rowLayout(R, traits, { stages: 2 });
  const cellsPerGroup = software ? layout.size : 4;
  const segments = layout.size / cellsPerGroup;
  const rowGroups = Math.ceil((R * layout.perRow) / layout.size);
  const columnGroups = Math.ceil(cellsIn(d) / cellsPerGroup);
  const addSegments = `
    gains[local] = dgain;
    biases[local] = dbias;
    workgroupBarrier();
    for (var s = 1u; s < select(1u, ${segments}u, segment == 0u); s++) {
      dgain += gains[${cellsPerGroup}u * s + local];
      dbias += biases[${cellsPerGroup}u * s + local];
    }`;
  const shared = `
    var<workgroup> gains: array<Cell, ${layout.size}>;
    var<workgroup> biases: array<Cell, ${layout.size}>;`;
  return [
    {
      label: 'layerNormGradient',
      bindings: [
        ...inCells(d, 'dy', 'x', 'gain'),
        { name: 'moments', type: 'vec2<f32>' },
        ...inCells(d, 'out0', 'out1', 'out2'),
      ],
      uniforms: { ...sizes(R, d), rowGroups: u32(rowGroups) },
      code: `${cellWgsl(d)} ${layout.wgsl} ${segments > 1 ? shared : ''}
        ${mainWgsl(layout.size)}
          if (group >= u.rowGroups) {
            let c = (group - u.rowGroups) * ${cellsPerGroup}u + local % ${cellsPerGroup}u;
            let segment = local / ${cellsPerGroup}u;
            var dgain = Cell();
            var dbias = Cell();
            if (c < u.cells) {
              for (var row = segment; row < u.rows; row += ${segments}u) {
                let g = dy[row * u.cells + c];
                dgain += g * (x[row * u.cells + c] - moments[row].x) * moments[row].y;
                dbias += g;
              }
            }
            ${segments > 1 ? addSegments : ''}
            if (segment == 0u && c < u.cells) {
              out1[c] = dgain;
              out2[c] = dbias;
            }
            return;
          }
          let row = (group * ${layout.size}u + local) / lanes;
          let lane = local % lanes;
          let start = row * u.cells;
          let inside = row < u.rows;
          let own = moments[min(row, u.rows - 1u)];
          var sumG = Cell();
          var sumGN = Cell();
          if (inside) {
            for (var c = lane; c < u.cells; c += lanes) {
              let g = dy[start + c] * gain[c];
              sumG += g;
              sumGN += g * ((x[start + c] - own.x) * own.y);
            }
          }
          let meanG = rowSum(0, local, total(sumG)) / u.columns;
          let meanGN = rowSum(1, local, total(sumGN)) / u.columns;
          if (!inside) { return; }
          for (var c = lane; c < u.cells; c += lanes) {
            let n = (x[start + c] - own.x) * own.y;
            out0[start + c] = (dy[start + c] * gain[c] - meanG - n * meanGN) * own.y;
          }
        }`,
      workgroups: folded(rowGroups + columnGroups),
    },
  ];
}

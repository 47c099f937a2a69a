/**
 * Sums of rows by lists, on the GPU: result row r is the sum of the matrix rows that a list names, in its order. No
 * atomics, so that the result is the same at every run.
 *
 * Most lists are short, but [MASK] or [PAD] may be read by a third of all positions. On a GPU a workgroup takes 16
 * result rows, each invocation one cell of one of them; what a list holds beyond `shortList` the whole workgroup sums
 * in 16 segments. An emulated GPU has too few invocations running at once to gain by that.
 */
import type { GpuProgram, GpuTraits } from '../backends/gpuProgram';
import { u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, folded, mainWgsl } from '../backends/rowwise';

interface ListSums {
  rows: number;
  d: number;
  /**
   * WGSL functions: `listOf(row) -> vec2<u32>`, begin and end of a row's list; `source(row, k) -> u32`, the matrix row
   * that entry k names; `cellAt(i) -> Cell`, the matrix by its cells; `write(row, cell, value)`.
   */
  wgsl: string;
}

const shortList = 16;

export const listSumsProgram = (
  lists: ListSums,
  { software }: GpuTraits,
): Pick<GpuProgram, 'code' | 'workgroups' | 'uniforms'> => (software ? alone(lists) : together(lists));

/** An invocation takes `run` neighbouring cells of a row. */
function alone({ rows, d, wgsl }: ListSums) {
  const size = 64;
  const run = 4;
  const blocks = Math.ceil(cellsIn(d) / run);
  return {
    uniforms: { rows: u32(rows), cells: u32(cellsIn(d)), blocks: u32(blocks) },
    code: `${cellWgsl(d)} ${wgsl} ${mainWgsl(size)}
      let i = group * ${size}u + local;
      let row = i / u.blocks;
      if (row >= u.rows) { return; }
      let list = listOf(row);
      let begin = i % u.blocks * ${run}u;
      for (var cell = begin; cell < min(begin + ${run}u, u.cells); cell++) {
        var sum = Cell();
        for (var k = list.x; k < list.y; k++) { sum += cellAt(source(row, k) * u.cells + cell); }
        write(row, cell, sum);
      }
    }`,
    workgroups: folded(Math.ceil((rows * blocks) / size)),
  };
}

function together({ rows, d, wgsl }: ListSums) {
  const blocks = Math.ceil(cellsIn(d) / 16);
  return {
    uniforms: { rows: u32(rows), cells: u32(cellsIn(d)), blocks: u32(blocks) },
    code: `${cellWgsl(d)} ${wgsl}
      var<workgroup> partials: array<Cell, 256>;
      ${mainWgsl(256)}
      let firstRow = group / u.blocks * 16u;
      if (firstRow >= u.rows) { return; }
      let own = local / 16u;
      let row = firstRow + own;
      let cell = group % u.blocks * 16u + local % 16u;
      let isInside = row < u.rows && cell < u.cells;
      var sum = Cell();
      if (isInside) {
        let list = listOf(row);
        for (var k = list.x; k < min(list.y, list.x + ${shortList}u); k++) {
          sum += cellAt(source(row, k) * u.cells + cell);
        }
      }
      for (var r = 0u; r < min(16u, u.rows - firstRow); r++) {
        let list = listOf(firstRow + r);
        if (list.y - list.x <= ${shortList}u) { continue; }
        var partial = Cell();
        if (cell < u.cells) {
          for (var k = list.x + ${shortList}u + own; k < list.y; k += 16u) {
            partial += cellAt(source(firstRow + r, k) * u.cells + cell);
          }
        }
        partials[local] = partial;
        workgroupBarrier();
        if (own == r) {
          for (var segment = 0u; segment < 16u; segment++) { sum += partials[16u * segment + local % 16u]; }
        }
        workgroupBarrier();
      }
      if (isInside) { write(row, cell, sum); }
    }`,
    workgroups: folded(Math.ceil(rows / 16) * blocks),
  };
}

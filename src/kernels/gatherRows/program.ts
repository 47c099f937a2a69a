/** The segment sum on the GPU: one pass over the rows of the result. */
import type { GpuProgram, GpuTraits } from '../backends/gpuProgram';
import { inCells } from '../backends/rowwise';
import type { Attributes, Shapes } from '../kernel';
import { listSumsProgram } from './listSums';

export function segmentSumPrograms(
  { values: [, d], offsets: [end] }: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const wgsl = `
    fn listOf(row: u32) -> vec2<u32> { return vec2<u32>(u32(offsets[row]), u32(offsets[row + 1u])); }
    fn source(row: u32, k: u32) -> u32 { return u32(order[k]); }
    fn cellAt(i: u32) -> Cell { return values[i]; }
    fn write(row: u32, cell: u32, value: Cell) { out0[row * u.cells + cell] = value; }`;
  return [
    {
      label: 'segmentSum',
      bindings: [
        ...inCells(d, 'values', 'out0'),
        { name: 'order', type: 'i32' },
        { name: 'offsets', type: 'i32' },
      ],
      ...listSumsProgram({ rows: end - 1, d, wgsl }, traits),
    },
  ];
}

/** The embeddings on the GPU: one pass over their cells; one over the rows of all three tables for the gradient. */
import { type Binding, type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, flatLayout, inCells } from '../backends/rowwise';
import { listSumsProgram } from '../gatherRows/listSums';
import type { Shapes } from '../kernel';
import type { EmbeddingAttributes, EmbeddingGradientAttributes } from './reference';

export function embeddingPrograms(
  { ids: [N], tokens: [, d], types, segments }: Shapes,
  { length }: EmbeddingAttributes,
  traits: GpuTraits,
): GpuProgram[] {
  const count = N * cellsIn(d);
  const layout = flatLayout(count, traits);
  const bindings: Binding[] = [
    { name: 'ids', type: 'i32' },
    ...inCells(d, 'tokens', 'positions', 'out0', ...(types ? ['types'] : [])),
    ...(types && segments ? [{ name: 'segments', type: 'i32' } as const] : []),
  ];
  const type = segments ? 'types[u32(segments[n]) * u.cells + c]' : 'types[c]';
  return [
    {
      label: 'embedding',
      bindings,
      uniforms: { count: u32(count), cells: u32(cellsIn(d)), length: u32(length) },
      code: `${cellWgsl(d)} ${layout.main}
        let n = i / u.cells;
        let c = i % u.cells;
        var sum = tokens[u32(ids[n]) * u.cells + c] + positions[n % u.length * u.cells + c];
        ${types ? `sum += ${type};` : ''}
        out0[i] = sum;
      }}`,
      workgroups: layout.workgroups,
    },
  ];
}

/** The rows of the three tables laid end to end: V tokens, P positions, 2 types. */
export function embeddingGradientPrograms(
  { dy: [N, d], offsets: [end], segmentOrder }: Shapes,
  { length, positionRows: P, types }: EmbeddingGradientAttributes,
  traits: GpuTraits,
): GpuProgram[] {
  const V = end - 1;
  const bySegment = types && segmentOrder !== undefined;
  const listOfType = bySegment
    ? `let type_ = row - u.V - u.P;
      return vec2<u32>(u32(segmentOffsets[type_]), u32(segmentOffsets[type_ + 1u]));`
    : 'return vec2<u32>(0u, select(0u, u.tokens, row - u.V == u.P));';
  const wgsl = `
    fn listOf(row: u32) -> vec2<u32> {
      if (row < u.V) { return vec2<u32>(u32(offsets[row]), u32(offsets[row + 1u])); }
      if (row - u.V < u.P) { return vec2<u32>(0u, select(0u, u.tokens / u.length, row - u.V < u.length)); }
      ${listOfType}
    }
    fn source(row: u32, k: u32) -> u32 {
      if (row < u.V) { return u32(order[k]); }
      if (row - u.V < u.P) { return k * u.length + row - u.V; }
      return ${bySegment ? 'u32(segmentOrder[k])' : 'k'};
    }
    fn cellAt(i: u32) -> Cell { return dy[i]; }
    fn write(row: u32, cell: u32, value: Cell) {
      if (row < u.V) { out0[row * u.cells + cell] = value; }
      else if (row - u.V < u.P) { out1[(row - u.V) * u.cells + cell] = value; }
      ${types ? 'else { out2[(row - u.V - u.P) * u.cells + cell] = value; }' : ''}
    }`;
  const { uniforms, ...sums } = listSumsProgram({ rows: V + P + (types ? 2 : 0), d, wgsl }, traits);
  return [
    {
      label: 'embeddingGradient',
      bindings: [
        ...inCells(d, 'dy', 'out0', 'out1', ...(types ? ['out2'] : [])),
        ...['order', 'offsets', ...(bySegment ? ['segmentOrder', 'segmentOffsets'] : [])].map(
          (name) => ({ name, type: 'i32' }) as const,
        ),
      ],
      uniforms: { ...uniforms, V: u32(V), P: u32(P), length: u32(length), tokens: u32(N) },
      ...sums,
    },
  ];
}

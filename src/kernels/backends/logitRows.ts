/**
 * WGSL for programs that go over long rows, such as logits over a vocabulary, and need sums and maxima of a row on the
 * way: a workgroup's row on a GPU; on an emulated one, where barriers cost most, one invocation's.
 */
import { type GpuProgram, type GpuTraits, u32 } from './gpuProgram';
import { cellsIn, cellWgsl, folded, mainWgsl } from './rowwise';

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

/**
 * For matrices [rows, V]: `wgsl` is the head of `main`, in which `row` is this invocation's row, `start` its first cell,
 * and `lane` of `lanes` this invocation's part of it. Before it stand `largest(cell)`, and `rowSum` and `rowMax`, which
 * all lanes of a row must reach: conditions around them may depend on the row and on buffers that are only read.
 */
export function logitRows(
  rows: number,
  V: number,
  { software }: GpuTraits,
): Pick<GpuProgram, 'uniforms' | 'workgroups'> & { wgsl: string } {
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
      let start = row * u.cells;`,
  };
}

/** `text` for each cell `c` of the row that is this lane's. */
export const eachCell = (text: string) =>
  `for (var c = start + lane; c < start + u.cells; c += lanes) { ${text} }`;

/** The number of a row that belongs to a word, given as an i32. */
export const atWord = (array: string, word: string, V: number) =>
  V % 4 === 0 ? `${array}[start + u32(${word}) / 4][${word} % 4]` : `${array}[start + u32(${word})]`;

/**
 * A product without barriers: every invocation computes a tile of the result in its registers.
 *
 * On an emulated GPU nearly all time goes into loads, each of which is made for every invocation on its own, so that
 * tiles are large there. With `quads` four invocations (two by two tiles) share what they load: each loads one half of
 * its blocks, and takes the other half from the neighbour that needs the same.
 */
import type { GpuProgram } from '../backends/gpuProgram';
import { folded } from '../backends/rowwise';
import { blockWgsl } from './blocks';
import type { Plan } from './plan';

export interface RegisterTiles {
  kind: 'register';
  /** Rows and columns of an invocation's tile, divisible by 4, with quads by 8. */
  tile: [number, number];
  /** Invocations of a workgroup; 4 with quads, so that a workgroup is one quad wherever its subgroups begin. */
  threads: number;
  /** Whether quads share their loads; needs the feature `subgroups`. */
  quads: boolean;
}

export function registerTiles(plan: Plan, { tile, threads, quads }: RegisterTiles): GpuProgram {
  const { m, n } = plan.sizes;
  const [rows, columns] = tile;
  const share = quads ? 2 : 1;
  const tiles = Math.ceil(m / (share * rows)) * Math.ceil(n / (share * columns)) * share * share;
  const a = range(rows / 4);
  const b = range(columns / 4);
  const ownA = a.slice(0, a.length / share);
  const ownB = b.slice(0, b.length / share);
  const swapped = (along: 'X' | 'Y', block: string) =>
    `mat4x4<f32>(${[0, 1, 2, 3].map((q) => `quadSwap${along}(${block}[${q}])`).join(', ')})`;
  /** The first row of the tile's block i, and the first column of its block j, as WGSL. */
  const rowOf = (i: number) => (i < ownA.length ? `row + ${4 * i}u` : `otherRow + ${4 * (i - ownA.length)}u`);
  const columnOf = (j: number) =>
    j < ownB.length ? `column + ${4 * j}u` : `otherColumn + ${4 * (j - ownB.length)}u`;
  const blocks = a.flatMap((i) => b.map((j) => ({ i, j })));
  // A loop with a switch, rather than one call per block, halves the time to compile.
  const cases = blocks.map(
    ({ i, j }, t) =>
      `case ${t}u${t === blocks.length - 1 ? ', default' : ''}: { atRow = ${rowOf(i)}; atColumn = ${columnOf(j)}; products = c${i}_${j}; }`,
  );
  return {
    label: `matMul register ${rows}x${columns}${quads ? ' quads' : ''}`,
    bindings: plan.bindings,
    uniforms: plan.uniforms,
    workgroups: folded(Math.ceil(tiles / threads)),
    code: `${quads ? 'enable subgroups;' : ''}
${blockWgsl(plan.a, 'alongK')}
${blockWgsl(plan.b, 'alongLines')}
${plan.epilogue}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  ${quads ? '@builtin(subgroup_invocation_id) lane: u32,' : '@builtin(local_invocation_index) local: u32,'}
) {
  let index = group.y * groups.x + group.x;
  let across = (u.n + ${share * columns - 1}u) / ${share * columns}u;
${
  quads
    ? `  let right = lane & 1u;
  let below = (lane >> 1u) & 1u;
  let tileRow = index / across * ${2 * rows}u + below * ${rows}u;
  let tileColumn = index % across * ${2 * columns}u + right * ${columns}u;
  // Neighbours side by side share rows, of which each loads its half; neighbours one above the other share columns.
  let row = tileRow + right * ${rows / 2}u;
  let otherRow = tileRow + (1u - right) * ${rows / 2}u;
  let column = tileColumn + below * ${columns / 2}u;
  let otherColumn = tileColumn + (1u - below) * ${columns / 2}u;`
    : `  let tile = index * ${threads}u + local;
  let row = tile / across * ${rows}u;
  let column = tile % across * ${columns}u;
  let tileColumn = column;`
}
  ${ownA.map((i) => `let startA${i} = start_a(${rowOf(i)});`).join('\n  ')}
  ${ownB.map((j) => `let startB${j} = start_b(${columnOf(j)});`).join('\n  ')}
  ${blocks.map(({ i, j }) => `var c${i}_${j} = mat4x4<f32>();`).join('\n  ')}
  ${plan.sums ? a.map((i) => `var sums${i} = vec4<f32>();`).join('\n  ') : ''}
  let inner = u.k;
  for (var k = 0u; k < inner; k += 4u) {
    ${ownA.map((i) => `let a${i} = block_a(startA${i}, k);`).join('\n    ')}
    ${ownB.map((j) => `let b${j} = block_b(startB${j}, k);`).join('\n    ')}
    ${a
      .slice(ownA.length)
      .map((i) => `let a${i} = ${swapped('X', `a${i - ownA.length}`)};`)
      .join('\n    ')}
    ${b
      .slice(ownB.length)
      .map((j) => `let b${j} = ${swapped('Y', `b${j - ownB.length}`)};`)
      .join('\n    ')}
    ${blocks.map(({ i, j }) => `c${i}_${j} += b${j} * a${i};`).join('\n    ')}
    ${plan.sums ? a.map((i) => `sums${i} += vec4<f32>(1.0) * a${i};`).join('\n    ') : ''}
  }
  for (var t = 0u; t < ${blocks.length}u; t++) {
    var atRow: u32;
    var atColumn: u32;
    var products: mat4x4<f32>;
    switch t {
      ${cases.join('\n      ')}
    }
    finish(atRow, atColumn, products);
  }
  ${plan.sums ? `if (tileColumn == 0u) {\n    ${a.map((i) => `finishSums(${rowOf(i)}, sums${i});`).join('\n    ')}\n  }` : ''}
}`,
  };
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** A product for real GPUs: a workgroup keeps what its tile of the result needs in shared memory, a step of k at a time. */
import type { GpuProgram } from '../backends/gpuProgram';
import { blockWgsl, type Operand } from './blocks';
import type { Plan } from './plan';

export interface SharedTiles {
  kind: 'shared';
  /** Rows and columns of a workgroup's tile. */
  tile: [number, number];
  /** Rows and columns of an invocation's part of it, divisible by 4. */
  part: [number, number];
  /** How much of k is in shared memory at a time, divisible by 4. */
  step: number;
}

export function sharedTiles(plan: Plan, { tile, part, step }: SharedTiles): GpuProgram {
  const { m, n } = plan.sizes;
  const [rows, columns] = tile;
  const down = rows / part[0];
  const right = columns / part[1];
  const threads = down * right;
  const a = range(part[0] / 4);
  const b = range(part[1] / 4);
  const blocks = a.flatMap((i) => b.map((j) => ({ i, j })));
  /** An invocation's blocks lie apart, so that neighbours read neighbouring addresses. */
  const blockRow = (i: number) => `y + ${i * down}u`;
  const blockColumn = (j: number) => `x + ${j * right}u`;

  /** WGSL that brings the operand's lines from `first` on into shared memory, k-major: four lines to a vector. */
  const load = ({ name, alongK }: Operand, lines: number, first: string) => {
    const along = `${lines / 4}u`;
    const steps = `${step / 4}u`;
    return `for (var t = local; t < ${(lines / 4) * (step / 4)}u; t += ${threads}u) {
      let line = ${alongK ? `t / ${steps}` : `t % ${along}`};
      let first = 4u * (${alongK ? `t % ${steps}` : `t / ${along}`});
      var block = mat4x4<f32>();
      if (k + first < u.k) { block = block_${name}(start_${name}(${first} + 4u * line), k + first); }
      tile_${name}[first * ${along} + line] = block[0];
      tile_${name}[(first + 1u) * ${along} + line] = block[1];
      tile_${name}[(first + 2u) * ${along} + line] = block[2];
      tile_${name}[(first + 3u) * ${along} + line] = block[3];
    }`;
  };
  return {
    label: `matMul shared ${rows}x${columns}`,
    bindings: plan.bindings,
    uniforms: plan.uniforms,
    workgroups: [Math.ceil(n / columns), Math.ceil(m / rows), 1],
    code: `${blockWgsl(plan.a, 'alongLines')}
${blockWgsl(plan.b, 'alongLines')}
${plan.epilogue}
var<workgroup> tile_a: array<vec4<f32>, ${(step * rows) / 4}>;
var<workgroup> tile_b: array<vec4<f32>, ${(step * columns) / 4}>;
fn outer(a: vec4<f32>, b: vec4<f32>) -> mat4x4<f32> { return mat4x4<f32>(a.x * b, a.y * b, a.z * b, a.w * b); }
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let row = group.y * ${rows}u;
  let column = group.x * ${columns}u;
  let x = local % ${right}u;
  let y = local / ${right}u;
  ${blocks.map(({ i, j }) => `var c${i}_${j} = mat4x4<f32>();`).join('\n  ')}
  ${plan.sums ? a.map((i) => `var sums${i} = vec4<f32>();`).join('\n  ') : ''}
  for (var k = 0u; k < u.k; k += ${step}u) {
    ${load(plan.a, rows, 'row')}
    ${load(plan.b, columns, 'column')}
    workgroupBarrier();
    for (var at = 0u; at < ${step}u; at++) {
      ${a.map((i) => `let a${i} = tile_a[at * ${rows / 4}u + ${blockRow(i)}];`).join('\n      ')}
      ${b.map((j) => `let b${j} = tile_b[at * ${columns / 4}u + ${blockColumn(j)}];`).join('\n      ')}
      ${blocks.map(({ i, j }) => `c${i}_${j} += outer(a${i}, b${j});`).join('\n      ')}
      ${plan.sums ? a.map((i) => `sums${i} += a${i};`).join('\n      ') : ''}
    }
    workgroupBarrier();
  }
  ${blocks.map(({ i, j }) => `finish(row + 4u * (${blockRow(i)}), column + 4u * (${blockColumn(j)}), c${i}_${j});`).join('\n  ')}
  ${plan.sums ? `if (column + x == 0u) {\n    ${a.map((i) => `finishSums(row + 4u * (${blockRow(i)}), sums${i});`).join('\n    ')}\n  }` : ''}
}`,
  };
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

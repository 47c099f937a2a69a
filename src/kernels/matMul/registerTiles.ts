/** A product without barriers: every invocation computes a tile of the result in its registers. */
import type { GpuProgram } from '../backends/gpuProgram';
import { blockWgsl } from './blocks';
import type { Plan } from './plan';

export interface RegisterTiles {
  kind: 'register';
  /** Rows and columns of a tile, divisible by 4. */
  tile: [number, number];
  /** Invocations of a workgroup. */
  threads: number;
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

export function registerTiles(plan: Plan, { tile: [rows, columns], threads }: RegisterTiles): GpuProgram {
  const { m, n } = plan.sizes;
  const down = range(rows / 4);
  const across = range(columns / 4);
  const each = (line: (i: number, j: number) => string) =>
    down.flatMap((i) => across.map((j) => line(i, j))).join('\n  ');
  const groups = Math.ceil((Math.ceil(m / rows) * Math.ceil(n / columns)) / threads);
  const width = Math.min(groups, 65535);
  return {
    label: `matMul register ${rows}x${columns}`,
    bindings: plan.bindings,
    uniforms: plan.uniforms,
    workgroups: [width, Math.ceil(groups / width), 1],
    code: `${blockWgsl(plan.a, 'alongK')}
${blockWgsl(plan.b, 'alongLines')}
${plan.epilogue}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let tile = (group.y * groups.x + group.x) * ${threads}u + local;
  let across = (u.n + ${columns - 1}u) / ${columns}u;
  let row = tile / across * ${rows}u;
  let column = tile % across * ${columns}u;
  if (row >= u.m) { return; }
  ${down.map((i) => `let startA${i} = start_a(row + ${4 * i}u);`).join('\n  ')}
  ${across.map((j) => `let startB${j} = start_b(column + ${4 * j}u);`).join('\n  ')}
  ${each((i, j) => `var c${i}_${j} = mat4x4<f32>();`)}
  ${plan.sums ? down.map((i) => `var sums${i} = vec4<f32>();`).join('\n  ') : ''}
  let inner = u.k;
  for (var k = 0u; k < inner; k += 4u) {
    ${down.map((i) => `let a${i} = block_a(startA${i}, k);`).join('\n    ')}
    ${plan.sums ? down.map((i) => `sums${i} += vec4<f32>(1.0) * a${i};`).join('\n    ') : ''}
    ${across.map((j) => `let b${j} = block_b(startB${j}, k);\n    ${down.map((i) => `c${i}_${j} += b${j} * a${i};`).join(' ')}`).join('\n    ')}
  }
  ${each((i, j) => `finish(row + ${4 * i}u, column + ${4 * j}u, c${i}_${j});`)}
  ${plan.sums ? `if (column == 0u) { ${down.map((i) => `finishSums(row + ${4 * i}u, sums${i});`).join(' ')} }` : ''}
}`,
  };
}

/**
 * A product for real GPUs with few results and a long k, such as a weight gradient: the workgroup's invocations divide k
 * among themselves too, and add their parts in shared memory, always in the same order.
 */
import type { GpuProgram } from '../backends/gpuProgram';
import { blockWgsl } from './blocks';
import type { Plan } from './plan';

export interface SplitK {
  kind: 'splitK';
  /** Rows and columns of a workgroup's tile, divisible by 4. */
  tile: [number, number];
  /** Among how many invocations k is divided. */
  slices: number;
}

export function splitK(plan: Plan, { tile: [rows, columns], slices }: SplitK): GpuProgram {
  const { m, n } = plan.sizes;
  const across = columns / 4;
  const blocks = (rows / 4) * across;
  return {
    label: `matMul splitK ${rows}x${columns}x${slices}`,
    bindings: plan.bindings,
    uniforms: plan.uniforms,
    workgroups: [Math.ceil(n / columns), Math.ceil(m / rows), 1],
    code: `${blockWgsl(plan.a, 'alongK')}
${blockWgsl(plan.b, 'alongLines')}
${plan.epilogue}
var<workgroup> parts: array<vec4<f32>, ${blocks * slices}>;
/** The sum over the slices of a block, for the invocations of the first slice. */
fn total(local: u32, part: vec4<f32>) -> vec4<f32> {
  parts[local] = part;
  workgroupBarrier();
  var sum = vec4<f32>();
  if (local < ${blocks}u) {
    for (var slice = 0u; slice < ${slices}u; slice++) { sum += parts[slice * ${blocks}u + local]; }
  }
  workgroupBarrier();
  return sum;
}
@compute @workgroup_size(${blocks * slices})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let block = local % ${blocks}u;
  let row = group.y * ${rows}u + 4u * (block / ${across}u);
  let column = group.x * ${columns}u + 4u * (block % ${across}u);
  let startA = start_a(row);
  let startB = start_b(column);
  var c = mat4x4<f32>();
  ${plan.sums ? 'var sums = vec4<f32>();' : ''}
  for (var k = 4u * (local / ${blocks}u); k < u.k; k += ${4 * slices}u) {
    let a = block_a(startA, k);
    c += block_b(startB, k) * a;
    ${plan.sums ? 'sums += vec4<f32>(1.0) * a;' : ''}
  }
  let products = mat4x4<f32>(total(local, c[0]), total(local, c[1]), total(local, c[2]), total(local, c[3]));
  ${plan.sums ? 'let rowSums = total(local, sums);' : ''}
  if (local < ${blocks}u) {
    finish(row, column, products);
    ${plan.sums ? 'if (column == 0u) { finishSums(row, rowSums); }' : ''}
  }
}`,
  };
}

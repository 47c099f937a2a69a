/** How a kernel reads an operand of a product: in blocks of 4 x 4, whichever way it lies in memory. */
import type { Binding } from '../backends/gpuProgram';

export interface Operand {
  name: 'a' | 'b';
  /** Rows of op(a), or columns of op(b), as the uniform that counts them. */
  lines: 'u.m' | 'u.n';
  /** Neighbours in memory are neighbours along k; otherwise they lie side by side in neighbouring lines. */
  alongK: boolean;
  /** The contiguous dimension is divisible by 4. */
  vec4: boolean;
  /** k is not divisible by 4. */
  ragged: boolean;
}

export const operandBinding = ({ name, vec4 }: Operand): Binding => ({
  name,
  type: vec4 ? 'vec4<f32>' : 'f32',
});

const xyzw = ['x', 'y', 'z', 'w'] as const;

/**
 * WGSL of two functions. `start_<name>(line)` is what can be computed once for four lines from `line` (divisible by 4)
 * on; `block_<name>(start, k)` gives their values at k to k + 3 as four vectors, along k or along the lines, with zeros
 * from u.k on. What it gives for lines past the last is arbitrary: nobody writes their sums.
 */
export function blockWgsl({ name, lines, alongK, vec4, ragged }: Operand, vectors: 'alongK' | 'alongLines') {
  const four = (element: (c: string, q: number) => string) => xyzw.map(element).join(', ');
  const fourLines = 'line + vec4<u32>(0u, 1u, 2u, 3u)';
  const steps = ragged
    ? 'min(k + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(u.k - 1u))'
    : 'k + vec4<u32>(0u, 1u, 2u, 3u)';

  let start: string;
  let block: string;
  if (alongK && vec4) {
    start = `(${fourLines}) * (u.k / 4u)`;
    block = `let at = start + k / 4u;
  let loaded = mat4x4<f32>(${four((c) => `${name}[at.${c}]`)});`;
  } else if (alongK) {
    start = `(${fourLines}) * u.k`;
    block = `let step = ${steps};
  let loaded = mat4x4<f32>(${four((line) => four((c) => `${name}[start.${line} + step.${c}]`))});`;
  } else if (vec4) {
    start = 'vec4<u32>(line / 4u)';
    block = `let at = (${steps}) * (${lines} / 4u) + start;
  let loaded = mat4x4<f32>(${four((c) => `${name}[at.${c}]`)});`;
  } else {
    start = fourLines;
    block = `let step = (${steps}) * ${lines};
  let loaded = mat4x4<f32>(${four((c) => four((line) => `${name}[step.${c} + start.${line}]`))});`;
  }

  // One factor of zero is enough, so that only a's blocks are masked.
  let result = 'loaded';
  if (ragged && name === 'a') {
    block += `
  let inside = select(vec4<f32>(), vec4<f32>(1.0), k + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(u.k));`;
    const masked = (q: number) => (alongK ? `loaded[${q}] * inside` : `loaded[${q}] * inside.${xyzw[q]}`);
    result = `mat4x4<f32>(${[0, 1, 2, 3].map(masked).join(', ')})`;
  }
  if (alongK !== (vectors === 'alongK')) result = `transpose(${result})`;

  return `
fn start_${name}(line: u32) -> vec4<u32> { return ${start}; }
fn block_${name}(start: vec4<u32>, k: u32) -> mat4x4<f32> {
  ${block}
  return ${result};
}`;
}

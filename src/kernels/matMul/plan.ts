/** One product as its programs see it: sizes, operands and what happens to a sum before it is written. */
import { type Binding, f32, type GpuProgram, u32 } from '../backends/gpuProgram';
import type { Shapes } from '../kernel';
import { type Operand, operandBinding } from './blocks';
import { geluWgsl } from './geluWgsl';
import { type MatMulAttributes, type MatMulSizes, matMulSizes } from './reference';

export interface Plan {
  sizes: MatMulSizes;
  a: Operand;
  b: Operand;
  /** The name of the output of the sums along k, if they are asked for. */
  sums: string | null;
  bindings: Binding[];
  uniforms: GpuProgram['uniforms'];
  /**
   * WGSL of what ends a product: `finish(row, column, products)` goes on from four rows of four columns, and writes
   * those that are in the result; `finishSums(row, sums)` writes four sums along k.
   */
  epilogue: string;
}

export function planOf(shapes: Shapes, attributes: MatMulAttributes): Plan {
  const { transposeA, transposeB, keepPreactivation, rowSums } = attributes;
  const sizes = matMulSizes(shapes, attributes);
  const { m, n, k } = sizes;
  const ragged = k % 4 !== 0;
  const a: Operand = {
    name: 'a',
    lines: 'u.m',
    alongK: !transposeA,
    vec4: (transposeA ? m : k) % 4 === 0,
    ragged,
  };
  const b: Operand = {
    name: 'b',
    lines: 'u.n',
    alongK: transposeB,
    vec4: (transposeB ? k : n) % 4 === 0,
    ragged,
  };
  // Rows of the result, and all that is laid out as they are, are read and written by four.
  const type = n % 4 === 0 ? 'vec4<f32>' : 'f32';
  const extras = ['bias', 'residual', 'preactivation'].filter((name) => shapes[name]);
  const outputs = keepPreactivation ? ['out0', 'out1'] : ['out0'];
  const sums = rowSums ? `out${outputs.length}` : null;
  return {
    sizes,
    a,
    b,
    sums,
    bindings: [
      operandBinding(a),
      operandBinding(b),
      ...[...extras, ...outputs].map((name): Binding => ({ name, type })),
      ...(sums ? [{ name: sums }] : []),
    ],
    uniforms: {
      m: u32(m),
      n: u32(n),
      k: u32(k),
      ...(shapes.residual ? { sign: f32(attributes.residualSign) } : {}),
    },
    epilogue: epilogueWgsl(shapes, attributes, type === 'vec4<f32>', sums),
  };
}

function epilogueWgsl(
  shapes: Shapes,
  { activation, keepPreactivation }: MatMulAttributes,
  vec4: boolean,
  sums: string | null,
): string {
  const read = (name: string, at: string, column: string) =>
    vec4
      ? `${name}[(${at}) / 4u]`
      : `vec4<f32>(${[0, 1, 2, 3].map((j) => `${name}[${at} + min(${j}u, u.n - 1u - ${column})]`).join(', ')})`;
  const write = (name: string, value: string) =>
    vec4
      ? `${name}[at / 4u] = ${value};`
      : ['x', 'y', 'z', 'w']
          .map((c, j) => `if (column + ${j}u < u.n) { ${name}[at + ${j}u] = ${value}.${c}; }`)
          .join('\n  ');
  const activated = {
    none: '',
    gelu: 'y = gelu(y);',
    geluGradient: `y *= geluSlope(${read('preactivation', 'at', 'column')});`,
  }[activation];
  return `${activation === 'none' ? '' : geluWgsl}
fn finishRow(row: u32, column: u32, sum: vec4<f32>) {
  if (row >= u.m || column >= u.n) { return; }
  let at = row * u.n + column;
  var y = sum;
  ${keepPreactivation ? write('out1', 'y') : ''}
  ${activated}
  ${shapes.residual ? `y += u.sign * ${read('residual', 'at', 'column')};` : ''}
  ${write('out0', 'y')}
}
fn finish(row: u32, column: u32, products: mat4x4<f32>) {
  let bias = ${shapes.bias ? read('bias', 'column', 'column') : 'vec4<f32>()'};
  finishRow(row, column, products[0] + bias);
  finishRow(row + 1u, column, products[1] + bias);
  finishRow(row + 2u, column, products[2] + bias);
  finishRow(row + 3u, column, products[3] + bias);
}
${
  sums
    ? `fn finishSums(row: u32, sums: vec4<f32>) {
  ${['x', 'y', 'z', 'w'].map((c, i) => `if (row + ${i}u < u.m) { ${sums}[row + ${i}u] = sums.${c}; }`).join('\n  ')}
}`
    : ''
}`;
}

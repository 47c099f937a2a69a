/** The matrix product on a GPU, in forms that suit different adapters and shapes; `variants.ts` chooses among them. */
import { f32, type GpuProgram, u32 } from '../backends/gpuProgram';
import { flatLayout } from '../backends/rowwise';
import { type FusedKernel, sizeOf } from '../kernel';
import { geluWgsl } from './geluWgsl';
import { type MatMulAttributes, matMulSizes } from './reference';
import { registerMain } from './registerTile';
import { sharedMain } from './sharedTile';
import { variantFor } from './variants';

export const matMulPrograms: FusedKernel<MatMulAttributes>['gpu'] = (shapes, attributes, traits): GpuProgram[] => {
  const { transposeA, transposeB, activation, residualSign, keepPreactivation, rowSums } = attributes;
  const { m, n, k } = matMulSizes(shapes, attributes);
  const variant = variantFor({ m, n, k, transposeA }, traits);
  const product = { m, n, k, transposeA, transposeB, rowSums };
  const form = variant.kind === 'register' ? registerMain(product, variant) : sharedMain(product, variant);
  // Four columns of a row at a time, where rows begin at multiples of four.
  const quads = n % 4 === 0;
  const cell = quads ? ('vec4<f32>' as const) : ('f32' as const);
  const sums = keepPreactivation ? 'out2' : 'out1';
  const given = (name: string) => shapes[name] !== undefined;
  return [
    {
      label: `matMul ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'} ${variant.kind}`,
      bindings: [
        { name: 'a', type: form.vectors.a ? 'vec4<f32>' : 'f32' },
        { name: 'b', type: form.vectors.b ? 'vec4<f32>' : 'f32' },
        ...['bias', 'residual', 'preactivation'].filter(given).map((name) => ({ name, type: cell })),
        { name: 'out0', type: cell },
        ...(keepPreactivation ? [{ name: 'out1', type: cell }] : []),
        ...(rowSums ? [{ name: sums }] : []),
      ],
      uniforms: { m: u32(m), n: u32(n), k: u32(k), sign: f32(residualSign) },
      workgroups: form.workgroups,
      code: `${activation === 'none' ? '' : geluWgsl}
        fn finish(at: u32, column: u32, product: vec4<f32>) -> vec4<f32> {
          var y = product ${given('bias') ? `+ vec4<f32>(bias[column])` : ''};
          ${keepPreactivation ? `out1[at] = ${quads ? 'y' : 'y.x'};` : ''}
          ${activation === 'gelu' ? 'y = gelu(y);' : ''}
          ${activation === 'geluGradient' ? 'y *= geluSlope(vec4<f32>(preactivation[at]));' : ''}
          ${given('residual') ? 'y += u.sign * vec4<f32>(residual[at]);' : ''}
          return y;
        }
        /** Writes four columns of a row, from \`column\` on, as far as they are there. */
        fn put(row: u32, column: u32, sums: vec4<f32>) {
          if (row >= u.m || column >= u.n) { return; }
          ${
            quads
              ? 'let at = (row * u.n + column) / 4u; out0[at] = finish(at, column / 4u, sums);'
              : `for (var c = 0u; c < min(4u, u.n - column); c++) {
            let at = row * u.n + column + c;
            out0[at] = finish(at, column + c, vec4<f32>(sums[c])).x;
          }`
          }
        }
        fn putRowSum(row: u32, sum: f32) {
          ${rowSums ? `if (row < u.m) { ${sums}[row] = sum; }` : ''}
        }
        ${form.code}`,
    },
  ];
};

export const geluGradientPrograms: FusedKernel['gpu'] = ({ dy }, _attributes, traits): GpuProgram[] => {
  const quads = sizeOf(dy) % 4 === 0;
  const count = quads ? sizeOf(dy) / 4 : sizeOf(dy);
  const type = quads ? ('vec4<f32>' as const) : ('f32' as const);
  const { main, workgroups } = flatLayout(count, traits);
  return [
    {
      label: 'geluGradient',
      bindings: ['dy', 'preactivation', 'out0'].map((name) => ({ name, type })),
      uniforms: { count: u32(count) },
      workgroups,
      code: `${geluWgsl}
        ${main} out0[i] = dy[i] * geluSlope(vec4<f32>(preactivation[i]))${quads ? '' : '.x'}; } }`,
    },
  ];
};

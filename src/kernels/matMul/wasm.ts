/**
 * The product with its epilogue on tfjs's WASM heap; the arithmetic is in product.as.ts.
 *
 * tfjs's own product (XNNPACK) isn't used: it is fast for untransposed operands only, knows no epilogue, and keeps
 * packed copies of `b` by tensor id, so that it would miss weights that are updated in place. Ours packs per call, which
 * costs about 3 % of a product (each thread packs for itself), and reads transposed operands as they are.
 */
import { type FusedKernel, sizeOf } from '../kernel';
import { type MatMulAttributes, matMulSizes } from './reference';

/** As product.as.ts numbers them. */
const activations = { none: 0, gelu: 1, geluGradient: 2 };

/** Rows and columns of a tile in product.as.ts. */
const tile = { rows: 5, columns: 8 };
/** Rows or columns that a part has at least, so that packing the other operand pays. */
const least = 20;

export const matMulOnWasm: FusedKernel<MatMulAttributes>['wasm'] = (
  calls,
  { a, b, bias = 0, residual = 0, preactivation = 0 },
  out,
  shapes,
  attributes,
) => {
  const { transposeA, transposeB, activation, residualSign, keepPreactivation, rowSums } = attributes;
  const { m, n, k } = matMulSizes(shapes, attributes);
  // Each part packs all of the operand that isn't cut: the smaller one.
  const byColumns = n > m;
  calls.ranged(
    'matMul',
    {
      count: byColumns ? n : m,
      step: byColumns ? tile.columns : tile.rows,
      least,
      work: (m * n * k) / 4,
      scratch: calls.whole.productScratch(n, k),
    },
    a,
    b,
    out[0],
    m,
    n,
    k,
    Number(transposeA),
    Number(transposeB),
    bias,
    activations[activation],
    residual,
    residualSign,
    preactivation,
    keepPreactivation ? out[1] : 0,
    rowSums ? out[out.length - 1] : 0,
    Number(byColumns),
  );
};

export const geluGradientOnWasm: FusedKernel['wasm'] = (calls, { dy, preactivation }, [dx], shapes) => {
  const count = sizeOf(shapes.dy);
  calls.ranged('geluGradient', { count, step: 64, work: 4 * count }, dy, preactivation, dx);
};

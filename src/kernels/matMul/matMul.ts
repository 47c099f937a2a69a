/** Linear layers as fused operations: bias, activation and residual are part of the product. */
import * as tf from '@tensorflow/tfjs';
import { type DropoutAt, dropped } from '../dropout/dropout';
import { runKernel } from '../kernel';
import { geluGradientKernel, matMulKernel } from './kernel';
import { type MatMulAttributes, matMulDefaults } from './reference';

export interface LinearOptions {
  activation?: 'gelu';
  /** Added to the result, [N, out]. */
  residual?: tf.Tensor2D;
}

type Inputs = Record<'a' | 'b', tf.Tensor> &
  Partial<Record<'bias' | 'residual' | 'preactivation', tf.Tensor>>;

/** The kernel on tensors, without a gradient. */
export const matMul = (inputs: Inputs, attributes: Partial<MatMulAttributes> = {}) =>
  runKernel(matMulKernel, inputs, { ...matMulDefaults, ...attributes });

/** True while autograd records: only then is anything kept for a gradient. */
const isTaped = () =>
  (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0;

/** dy [N, out], x [N, in] -> dW = dyᵀx [out, in] and db = Σ dy [out]. */
export function weightGradients(dy: tf.Tensor, x: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const [weight, bias] = matMul({ a: dy, b: x }, { transposeA: true, rowSums: true });
  return [weight, bias];
}

/** x [N, in], weight [out, in], bias [out] -> activation(x Wᵀ + b) + residual, [N, out]. */
export function linear(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
  { activation, residual }: LinearOptions = {},
): tf.Tensor2D {
  const withResidual = residual !== undefined;
  const inputs = withResidual ? [x, weight, bias, residual] : [x, weight, bias];
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [x, weight, bias, residual] = args as tf.Tensor[];
    const keepPreactivation = activation === 'gelu' && isTaped();
    const [value, preactivation] = matMul(
      { a: x, b: weight, bias, ...(residual ? { residual } : {}) },
      { transposeB: true, activation: activation ?? 'none', keepPreactivation },
    );
    save(preactivation ? [x, weight, preactivation] : [x, weight]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, weight, preactivation] = saved;
        const inner = preactivation ? runKernel(geluGradientKernel, { dy, preactivation }, {})[0] : dy;
        const [dweight, dbias] = weightGradients(inner, x);
        const [dx] = matMul({ a: inner, b: weight });
        return withResidual ? [dx, dweight, dbias, dy.clone()] : [dx, dweight, dbias];
      },
    };
  });
  return operation(...inputs) as tf.Tensor2D;
}

/**
 * The feed-forward part of a transformer layer with its residual: x + down(GELU(up(x))), [N, d]; with dropout of what x is
 * added to, where it is given.
 */
export function feedForward(
  x: tf.Tensor2D,
  upWeight: tf.Tensor2D,
  upBias: tf.Tensor1D,
  downWeight: tf.Tensor2D,
  downBias: tf.Tensor1D,
  dropout: DropoutAt | null = null,
): tf.Tensor2D {
  const operation = tf.customGrad((...args) => {
    const [x, upWeight, upBias, downWeight, downBias, save] = args as unknown as [
      ...tf.Tensor[],
      tf.GradSaveFunc,
    ] as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const keepPreactivation = isTaped();
    const up = { transposeB: true, activation: 'gelu' as const, keepPreactivation };
    const [inner, preactivation] = matMul({ a: x, b: upWeight, bias: upBias }, up);
    const down = { a: inner, b: downWeight, bias: downBias };
    const value = dropout
      ? dropped(dropout, matMul(down, { transposeB: true })[0], x)
      : matMul({ ...down, residual: x }, { transposeB: true })[0];
    if (preactivation) save([x, upWeight, downWeight, inner, preactivation]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, upWeight, downWeight, inner, preactivation] = saved;
        const ddown = dropout ? dropped(dropout, dy) : dy;
        const [ddownWeight, ddownBias] = weightGradients(ddown, inner);
        const [dinner] = matMul({ a: ddown, b: downWeight, preactivation }, { activation: 'geluGradient' });
        const [dupWeight, dupBias] = weightGradients(dinner, x);
        const [dx] = matMul({ a: dinner, b: upWeight, residual: dy });
        return [dx, dupWeight, dupBias, ddownWeight, ddownBias];
      },
    };
  });
  return operation(x, upWeight, upBias, downWeight, downBias) as tf.Tensor2D;
}

/** a [m, k] b [k, n] -> [m, n], either one transposed. Not differentiable. */
export const product = (a: tf.Tensor2D, b: tf.Tensor2D, transposeA = false, transposeB = false) =>
  matMul({ a, b }, { transposeA, transposeB })[0] as tf.Tensor2D;

/** h [R, in], weight [out, in], bias [out], target [R, out] -> h Wᵀ + b − target; the target is a constant. */
export function projectedDifference(
  h: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
  target: tf.Tensor2D,
): tf.Tensor2D {
  const operation = tf.customGrad((...args) => {
    const [h, weight, bias, save] = args as unknown as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const [value] = matMul(
      { a: h, b: weight, bias, residual: target },
      { transposeB: true, residualSign: -1 },
    );
    save([h, weight]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [h, weight] = saved;
        const [dweight, dbias] = weightGradients(dy, h);
        return [matMul({ a: dy, b: weight })[0], dweight, dbias];
      },
    };
  });
  return operation(h, weight, bias) as tf.Tensor2D;
}

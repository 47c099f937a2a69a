import * as tf from '@tensorflow/tfjs';

/**
 * Layer normalisation over the last axis (Ba et al. 2016): x [N, d], gain [d], bias [d] -> [N, d].
 * With n = (x - mean)/sqrt(var + ε), the gradient is written out: g = dy·gain,
 * dx = (g - mean(g) - n mean(g n))/sqrt(var + ε), dgain = Σ dy n, dbias = Σ dy.
 */
export function layerNorm(
  x: tf.Tensor2D,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon: number,
): tf.Tensor2D {
  const operation = tf.customGrad((...args) => {
    const [x, gain, bias, save] = args as unknown as [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const centred = x.sub(x.mean(-1, true));
    const inverseDeviation = centred.square().mean(-1, true).add(epsilon).rsqrt();
    const normalised = centred.mul(inverseDeviation);
    save([normalised, inverseDeviation, gain]);
    return {
      value: normalised.mul(gain).add(bias),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [normalised, inverseDeviation, gain] = saved;
        const g = dy.mul(gain);
        const along = g.mul(normalised).mean(-1, true);
        const dx = g.sub(g.mean(-1, true)).sub(normalised.mul(along)).mul(inverseDeviation);
        return [dx, dy.mul(normalised).sum(0), dy.sum(0)];
      },
    };
  });
  return operation(x, gain, bias) as tf.Tensor2D;
}

import * as tf from '@tensorflow/tfjs';

/**
 * GELU with the error function, as BERT has it (Hendrycks and Gimpel 2016, eq. 2): x Φ(x), Φ(x) = (1 + erf(x/√2))/2.
 * Any shape. The gradient Φ(x) + x φ(x) is written out, so that autograd keeps only x and Φ(x).
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  const operation = tf.customGrad((input, save) => {
    const x = input as tf.Tensor;
    const cdf = x.mul(Math.SQRT1_2).erf().add(1).mul(0.5);
    (save as tf.GradSaveFunc)([x, cdf]);
    return {
      value: x.mul(cdf),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, cdf] = saved;
        const density = x
          .square()
          .mul(-0.5)
          .exp()
          .mul(1 / Math.sqrt(2 * Math.PI));
        return dy.mul(cdf.add(x.mul(density)));
      },
    };
  });
  return operation(x) as T;
}

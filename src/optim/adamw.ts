/** AdamW (Loshchilov and Hutter 2019, algorithm 2) over named parameters, as torch.optim.AdamW computes it. */
import * as tf from '@tensorflow/tfjs';

export interface AdamWSettings {
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}

/** DistilBERT's (train.py): betas .9 and .98, epsilon 1e-6. */
export const distilbertBetas = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6 };

/** Biases and LayerNorms are not decayed, as in BERT. */
const decays = (name: string) => !name.endsWith('bias') && !name.includes('LayerNorm');

/** First and second moments of each parameter, by name. */
export interface Moments {
  first: Record<string, tf.Variable>;
  second: Record<string, tf.Variable>;
}

export function zeroMoments(parameters: Record<string, tf.Tensor>): Moments {
  const zeros = () =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        tf.tidy(() => tf.variable(tf.zerosLike(value))),
      ]),
    );
  return { first: zeros(), second: zeros() };
}

/**
 * One update in place. `update` counts from 1 (bias correction), `gradients` are shaped as the parameters.
 * θ ← θ (1 − η λ) − η m̂ / (√v̂ + ε)
 */
export function adamW(
  parameters: Record<string, tf.Variable>,
  gradients: Record<string, tf.Tensor>,
  { first, second }: Moments,
  learningRate: number,
  update: number,
  { beta1, beta2, epsilon, weightDecay }: AdamWSettings,
) {
  const correction1 = 1 - beta1 ** update;
  const correction2 = Math.sqrt(1 - beta2 ** update);
  for (const [name, parameter] of Object.entries(parameters)) {
    const gradient = gradients[name];
    if (!gradient) continue;
    tf.tidy(() => {
      const m = first[name].mul(beta1).add(gradient.mul(1 - beta1));
      const v = second[name].mul(beta2).add(gradient.square().mul(1 - beta2));
      const direction = m.div(v.sqrt().div(correction2).add(epsilon)).mul(learningRate / correction1);
      const kept =
        weightDecay > 0 && decays(name) ? parameter.mul(1 - learningRate * weightDecay) : parameter;
      parameter.assign(kept.sub(direction));
      first[name].assign(m);
      second[name].assign(v);
    });
  }
}

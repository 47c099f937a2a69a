/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2), as torch.optim.AdamW computes it, with the gradients' global norm
 * bounded first as torch.nn.utils.clip_grad_norm_ does:
 * θ ← θ (1 − η λ) − η m̂ / (√v̂ + ε). All parameters of a model lie one after the other and are updated at once.
 */
import type * as tf from '@tensorflow/tfjs';
import { type AdamWTensors, adamWInPlace, squaredNorm } from '../kernels/adamW/adamW';
import { partAlignment } from '../kernels/backends/storage';

/** DistilBERT's (train.py): betas .9 and .98, epsilon 1e-6. */
export const distilbertBetas = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6 };

/** Biases and LayerNorms are not decayed, as in BERT. */
const decays = (name: string) => !name.endsWith('bias') && !name.includes('LayerNorm');

/** What becomes of a block of 64 numbers in an update. */
const untouched = 0;
const updated = 1;
const updatedWithDecay = 2;

/**
 * Per block of 64 numbers whether it is updated, and decayed: [P / 64]. A parameter that no loss reaches stays as it
 * is, moments included (torch skips those without a gradient). Where two parameters share a block, as queries, keys and values
 * do whose size 64 does not divide, it is updated for either.
 */
export function updateKinds<Span extends { name: string; from: number; to: number }>(
  spans: readonly Span[],
  size: number,
  reached: (span: Span) => boolean,
): Float32Array {
  const kinds = new Float32Array(size / partAlignment).fill(untouched);
  for (const span of spans.filter(reached)) {
    const kind = decays(span.name) ? updatedWithDecay : updated;
    kinds.fill(kind, Math.floor(span.from / partAlignment), Math.ceil(span.to / partAlignment));
  }
  return kinds;
}

export interface AdamWState extends Omit<AdamWTensors, 'norms' | 'decay'> {
  /** `updateKinds`, [P / 64]. */
  kinds: tf.Tensor1D;
}

/** One update in place. */
export function adamW(state: AdamWState) {
  const norms = squaredNorm(state.gradients);
  adamWInPlace({ ...state, decay: state.kinds, norms });
  norms.dispose();
}

/** Scaled dot-product attention of all heads (Vaswani et al. 2017, section 3.2) as one operation. */
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { attentionGradientKernel, attentionKernel } from './kernel';
import type { AttentionAttributes } from './reference';

export interface AttentionOutput {
  /** softmax(masked scores)·V with heads side by side, [N, d]. */
  context: tf.Tensor2D;
  /** [B, H, L, L]. No gradient flows through them. */
  probabilities: tf.Tensor4D;
  /** QKᵀ/√k before the mask, [B, H, L, L]; null unless kept. */
  scores: tf.Tensor4D | null;
}

/**
 * qkv [N, 3d] (queries of all heads, then keys, then values), mask [B, L] (1 for a token, 0 for padding; N = B·L).
 * Gradients flow to qkv from the context and, where they are kept, from the scores.
 */
export function attention(
  qkv: tf.Tensor2D,
  mask: tf.Tensor2D,
  attributes: AttentionAttributes,
): AttentionOutput {
  const [context, probabilities, scores] = runKernel(attentionKernel, { qkv, mask }, attributes);
  return {
    context: context as tf.Tensor2D,
    probabilities: probabilities as tf.Tensor4D,
    scores: (scores as tf.Tensor4D | undefined) ?? null,
  };
}

tf.registerGradient({
  kernelName: attentionKernel.name,
  inputsToSave: ['qkv'],
  outputsToSave: [false, true, false],
  gradFunc: (dy, [qkv, probabilities], attributes) => {
    const { heads, keepScores } = attributes as unknown as AttentionAttributes;
    // tfjs gives zeros for an output that nobody used.
    const [dcontext, , dscores] = dy as tf.Tensor[];
    const inputs = { dcontext, qkv, probabilities, dscores: keepScores ? dscores : null };
    return { qkv: () => runKernel(attentionGradientKernel, inputs, { heads })[0] };
  },
});

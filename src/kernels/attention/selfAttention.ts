/**
 * The self-attention part of a transformer layer with its residual (Vaswani et al. 2017, section 3.2.2) as one operation,
 * so that its gradient needs no addition of its own where the two ways to x meet.
 */
import * as tf from '@tensorflow/tfjs';
import { type DropoutAt, dropoutFactors, dropped } from '../dropout/dropout';
import { runKernel, withGradient } from '../kernel';
import { matMul, weightGradients } from '../matMul/matMul';
import { attentionGradientKernel, attentionKernel } from './kernel';

export interface SelfAttentionWeights {
  /** Query, key and value one below the other: [3d, d] and [3d]. */
  qkvWeight: tf.Tensor2D;
  qkvBias: tf.Tensor1D;
  /** [d, d] and [d]. */
  outputWeight: tf.Tensor2D;
  outputBias: tf.Tensor1D;
}

export interface SelfAttentionOptions {
  heads: number;
  keepScores?: boolean;
  keepProbabilities?: boolean;
  keepQkv?: boolean;
  /** Dropout of the probabilities, and of the output before x is added; none where it is left out. */
  dropout?: { probabilities: DropoutAt; output: DropoutAt } | null;
}

export interface SelfAttentionOutput {
  /** x + out(softmax(QKᵀ/√k) V), [N, d]. */
  attended: tf.Tensor2D;
  /** QKᵀ/√k before the mask, [B, H, L, L]; null unless kept. */
  scores: tf.Tensor4D | null;
  /**
   * Per head softmax of the masked scores, of which nothing was dropped, [B, H, L, L]; null unless kept. No gradient
   * flows through them.
   */
  probabilities: tf.Tensor4D | null;
  /** Queries, keys and values of all heads side by side, [N, 3d]; null unless kept. */
  qkv: tf.Tensor2D | null;
}

/**
 * x [N, d], mask [B, L] (1 for a token, 0 for padding; N = B·L). Gradients flow from `attended` and, where they are
 * kept, from scores and qkv.
 */
export function selfAttention(
  x: tf.Tensor2D,
  weights: SelfAttentionWeights,
  mask: tf.Tensor2D,
  {
    heads,
    keepScores = false,
    keepProbabilities = false,
    keepQkv = false,
    dropout = null,
  }: SelfAttentionOptions,
): SelfAttentionOutput {
  const { qkvWeight, qkvBias, outputWeight, outputBias } = weights;
  const [attended, ...kept] = withGradient(
    { x, ...weights },
    (save) => {
      const upright = { transposeB: true };
      const [qkv] = matMul({ a: x, b: qkvWeight, bias: qkvBias }, upright);
      const [B, L] = mask.shape;
      const factors = dropout && dropoutFactors(dropout.probabilities, [B, heads, L, L]);
      const [context, probabilities, scores] = runKernel(
        attentionKernel,
        { qkv, mask, factors },
        { heads, keepScores },
      );
      const output = { a: context, b: outputWeight, bias: outputBias };
      const attended = dropout
        ? dropped(dropout.output, matMul(output, upright)[0], x)
        : matMul({ ...output, residual: x }, upright)[0];
      save([x, qkvWeight, outputWeight, probabilities, qkv, context, ...(factors ? [factors] : [])]);
      const maps = [...(keepScores ? [scores] : []), ...(keepProbabilities ? [probabilities] : [])];
      return [attended, ...maps, ...(keepQkv ? [qkv] : [])];
    },
    ([dattended, ...dkept], [x, qkvWeight, outputWeight, probabilities, qkv, context, factors]) => {
      const doutput = dropout ? dropped(dropout.output, dattended) : dattended;
      const [doutputWeight, doutputBias] = weightGradients(doutput, context);
      const [dcontext] = matMul({ a: doutput, b: outputWeight });
      const inputs = { dcontext, qkv, probabilities, factors, dscores: keepScores ? dkept[0] : null };
      const [ofAttention] = runKernel(attentionGradientKernel, inputs, { heads });
      const dqkv = keepQkv ? tf.add(ofAttention, dkept.at(-1)!) : ofAttention;
      const [dqkvWeight, dqkvBias] = weightGradients(dqkv, x);
      const [dx] = matMul({ a: dqkv, b: qkvWeight, residual: dattended });
      return {
        x: dx,
        qkvWeight: dqkvWeight,
        qkvBias: dqkvBias,
        outputWeight: doutputWeight,
        outputBias: doutputBias,
      };
    },
  );
  return {
    attended: attended as tf.Tensor2D,
    scores: keepScores ? (kept[0] as tf.Tensor4D) : null,
    probabilities: keepProbabilities ? (kept[keepScores ? 1 : 0] as tf.Tensor4D) : null,
    qkv: keepQkv ? (kept.at(-1) as tf.Tensor2D) : null,
  };
}

/**
 * The self-attention part of a transformer layer with its residual (Vaswani et al. 2017, section 3.2.2) as one operation,
 * so that its gradient needs no addition of its own where the two ways to x meet.
 */
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../kernel';
import { matMulKernel } from '../matMul/kernel';
import { matMul, weightGradients } from '../matMul/matMul';
import { matMulDefaults } from '../matMul/reference';
import { attentionGradientKernel, attentionKernel } from './kernel';
import type { AttentionAttributes } from './reference';

const kernelName = 'StillroomSelfAttention';

export interface SelfAttentionWeights {
  /** Query, key and value one below the other: [3d, d] and [3d]. */
  qkvWeight: tf.Tensor2D;
  qkvBias: tf.Tensor1D;
  /** [d, d] and [d]. */
  outputWeight: tf.Tensor2D;
  outputBias: tf.Tensor1D;
}

export interface SelfAttentionOutput {
  /** x + out(softmax(QKᵀ/√k) V), [N, d]. */
  attended: tf.Tensor2D;
  /** Per head softmax of the masked scores, [B, H, L, L]. No gradient flows through them. */
  probabilities: tf.Tensor4D;
  /** QKᵀ/√k before the mask, [B, H, L, L]; null unless kept. */
  scores: tf.Tensor4D | null;
}

/**
 * x [N, d], mask [B, L] (1 for a token, 0 for padding; N = B·L). Gradients flow from `attended` and, where they are
 * kept, from the scores.
 */
export function selfAttention(
  x: tf.Tensor2D,
  weights: SelfAttentionWeights,
  mask: tf.Tensor2D,
  attributes: AttentionAttributes,
): SelfAttentionOutput {
  const [attended, probabilities, , , scores] = tf
    .engine()
    .runKernel(kernelName, { x, ...weights, mask }, attributes) as unknown as tf.Tensor[];
  return {
    attended: attended as tf.Tensor2D,
    probabilities: probabilities as tf.Tensor4D,
    scores: (scores as tf.Tensor4D | undefined) ?? null,
  };
}

/** The operation on a backend, put together from that backend's products and attention. */
export const selfAttentionOn = (backendName: string): KernelConfig => ({
  kernelName,
  backendName,
  kernelFunc: ({ inputs, attrs, backend }) => {
    const run = (name: string, inputs: Record<string, TensorInfo>, attrs: object) =>
      tf
        .getKernel(name, backendName)!
        .kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend }) as TensorInfo[];
    const { x, qkvWeight, qkvBias, outputWeight, outputBias, mask } = inputs as unknown as Record<
      string,
      TensorInfo
    >;
    const upright = { ...matMulDefaults, transposeB: true };
    const [qkv] = run(matMulKernel.name, { a: x, b: qkvWeight, bias: qkvBias }, upright);
    const [context, probabilities, ...scores] = run(attentionKernel.name, { qkv, mask }, attrs!);
    const output = { a: context, b: outputWeight, bias: outputBias, residual: x };
    const [attended] = run(matMulKernel.name, output, upright);
    return [attended, probabilities, qkv, context, ...scores];
  },
});

tf.registerGradient({
  kernelName,
  inputsToSave: ['x', 'qkvWeight', 'outputWeight'],
  outputsToSave: [false, true, true, true, false],
  gradFunc: (dy, saved, attributes) => {
    const [x, qkvWeight, outputWeight, probabilities, qkv, context] = saved;
    const { heads, keepScores } = attributes as unknown as AttentionAttributes;
    // tfjs gives zeros for an output that nobody used.
    const [dattended, , , , dscores] = dy as tf.Tensor[];
    const [doutputWeight, doutputBias] = weightGradients(dattended, context);
    const [dcontext] = matMul({ a: dattended, b: outputWeight });
    const inputs = { dcontext, qkv, probabilities, dscores: keepScores ? dscores : null };
    const [dqkv] = runKernel(attentionGradientKernel, inputs, { heads });
    const [dqkvWeight, dqkvBias] = weightGradients(dqkv, x);
    const [dx] = matMul({ a: dqkv, b: qkvWeight, residual: dattended });
    return {
      x: () => dx,
      qkvWeight: () => dqkvWeight,
      qkvBias: () => dqkvBias,
      outputWeight: () => doutputWeight,
      outputBias: () => doutputBias,
    };
  },
});

import type { FusedKernel } from '../kernel';
import { attentionGradientPrograms, attentionPrograms } from './program';
import {
  type AttentionAttributes,
  type AttentionGradientAttributes,
  attentionGradientReference,
  attentionReference,
} from './reference';
import { attentionGradientOnWasm, attentionOnWasm } from './wasm';

/**
 * qkv [N, 3d], mask [B, L] (1 token, 0 padding), factors? [B, H, L, L] -> context [N, d], probabilities and (if kept)
 * scores [B, H, L, L].
 */
export const attentionKernel: FusedKernel<AttentionAttributes> = {
  name: 'StillroomAttention',
  outputs: ({ qkv: [n, columns], mask: [batch, length] }, { heads, keepScores }) => {
    const square = [batch, heads, length, length];
    return [[n, columns / 3], square, ...(keepScores ? [square] : [])];
  },
  reference: attentionReference,
  gpu: attentionPrograms,
  wasm: attentionOnWasm,
};

/** dcontext [N, d], qkv [N, 3d], probabilities, dscores? and factors? [B, H, L, L] -> dqkv [N, 3d]. */
export const attentionGradientKernel: FusedKernel<AttentionGradientAttributes> = {
  name: 'StillroomAttentionGradient',
  outputs: ({ qkv }) => [qkv],
  reference: attentionGradientReference,
  gpu: attentionGradientPrograms,
  wasm: attentionGradientOnWasm,
};

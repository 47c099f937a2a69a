/** Attention and its gradient on tfjs's WASM heap; the arithmetic is in attention.as.ts. */
import type { FusedKernel } from '../kernel';

export const attentionOnWasm: FusedKernel['wasm'] = (
  module,
  at,
  [context, probabilities, scores = 0],
  { qkv: [, columns], mask: [batch, length] },
  attributes,
  scratch,
) => {
  const d = columns / 3;
  const heads = Number(attributes.heads);
  const room = scratch(module.attentionScratch(length, d / heads));
  module.attention(at.qkv, at.mask, context, probabilities, scores, batch, length, d, heads, room);
};

export const attentionGradientOnWasm: FusedKernel['wasm'] = (
  module,
  at,
  [dqkv],
  { dcontext: [, d], probabilities: [batch, heads, length] },
  _attributes,
  scratch,
) => {
  const { dcontext, qkv, probabilities, dscores = 0 } = at;
  const room = scratch(module.attentionScratch(length, d / heads));
  module.attentionGradient(dcontext, qkv, probabilities, dscores, dqkv, batch, length, d, heads, room);
};

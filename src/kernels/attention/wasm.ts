/** Attention and its gradient on tfjs's WASM heap; the arithmetic is in attention.as.ts. */
import type { WasmCalls, WorkRange } from '../backends/team';
import type { FusedKernel } from '../kernel';

/** `products` of [L, k] and [k, L] for each sequence and head. */
const rangeOf = (
  { whole }: WasmCalls,
  matrices: number,
  length: number,
  headSize: number,
  products: number,
): WorkRange => ({
  count: matrices,
  work: (matrices * length ** 2 * (headSize + 8) * products) / 4,
  scratch: whole.attentionScratch(length, headSize),
});

export const attentionOnWasm: FusedKernel['wasm'] = (
  calls,
  { qkv, mask, factors = 0 },
  [context, probabilities, scores = 0],
  { qkv: [, columns], mask: [batch, length] },
  attributes,
) => {
  const d = columns / 3;
  const heads = Number(attributes.heads);
  const range = rangeOf(calls, batch * heads, length, d / heads, 2);
  calls.ranged('attention', range, qkv, mask, factors, context, probabilities, scores, length, d, heads);
};

export const attentionGradientOnWasm: FusedKernel['wasm'] = (
  calls,
  { dcontext, qkv, probabilities, dscores = 0, factors = 0 },
  [dqkv],
  { dcontext: [, d], probabilities: [batch, heads, length] },
) => {
  const range = rangeOf(calls, batch * heads, length, d / heads, 4);
  const given = [dcontext, qkv, probabilities, dscores, factors] as const;
  calls.ranged('attentionGradient', range, ...given, dqkv, length, d, heads);
};

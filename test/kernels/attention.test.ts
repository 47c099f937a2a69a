import { expect, it } from 'vitest';
import { attentionGradientKernel, attentionKernel } from '../../src/kernels/attention/kernel';
import { testBackends } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { type Input, referenceOf } from './checkKernel';
import { attentionGradientInputs, attentionInputs, describeAttention, factorsOf } from './describeAttention';
import { differentiate } from './differentiate';

for (const backend of testBackends) describeAttention(backend);

it.each([false, true])(
  "the reference of attention's gradient is the derivative of its forward reference, dropping %j",
  (dropping) => {
    const sizes = { B: 2, L: 5, heads: 2, k: 3 };
    const { heads } = sizes;
    const factors: Record<string, Input> = dropping ? { factors: factorsOf(sizes, 4) } : {};
    const forward = { ...attentionInputs(sizes), ...factors };
    expect(forward.mask.values).toContain(0);
    const { inputs, dscores } = attentionGradientInputs(sizes);
    // In float64, since float32 would cost the comparison its digits.
    const { outputs } = referenceOf(attentionKernel, forward, { heads, keepScores: true });
    const exact = { ...inputs, probabilities: { ...inputs.probabilities, values: outputs[1] } };
    const dys = [inputs.dcontext.values, null, dscores.values];
    const derivatives = differentiate(attentionKernel, forward, { heads, keepScores: true }, dys, 'qkv');
    const given = { ...exact, ...factors, dscores } as unknown as Record<string, Input>;
    closeTo(referenceOf(attentionGradientKernel, given, { heads }).outputs[0], derivatives, 1e-7);
  },
);

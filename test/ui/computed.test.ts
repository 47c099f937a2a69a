import { expect, it } from 'vitest';
import { distilbertBetas } from '../../src/optim/adamw';
import { heldOutBatchSize } from '../../src/train/heldOutPart';
import { figures } from '../../src/ui/panels/computed/Computed';

it('what is said to be computed are the numbers that compute', () => {
  const { beta1, beta2, epsilon } = distilbertBetas;
  const exponent = Math.round(Math.log10(epsilon));
  expect(epsilon).toBe(10 ** exponent);
  const superscript = `⁻${'⁰¹²³⁴⁵⁶⁷⁸⁹'[-exponent]}`;
  expect(figures).toEqual({ beta1, beta2, epsilon: `10${superscript}`, sequences: heldOutBatchSize });
});

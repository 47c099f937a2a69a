import { expect, it } from 'vitest';
import { vocabularyLossGradientKernel, vocabularyLossKernel } from '../../src/kernels/vocabularyLoss/kernel';
import { testBackends } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { type Input, noise, referenceOf } from './checkKernel';
import { attributesOf, describeVocabularyLoss, vocabularyLossInputs } from './describeVocabularyLoss';
import { differentiate } from './differentiate';

for (const backend of testBackends) describeVocabularyLoss(backend);

it.each([
  { soft: true, hard: true },
  { soft: true, hard: false },
  { soft: false, hard: true },
  { soft: true, hard: true, crossEntropy: true },
])("the reference of vocabularyLoss's gradient is the derivative of its forward reference, %j", (each) => {
  const terms = attributesOf(each);
  const inputs = vocabularyLossInputs({ R: 6, V: 7, T: 1.7, scale: 3, ...terms });
  const dlosses = noise([2, 6], 4);
  // In float64, since float32 would cost the comparison its digits.
  const [, stats] = referenceOf(vocabularyLossKernel, inputs, terms).outputs;
  const exact = { shape: [6, 4], values: stats } as unknown as Input;
  const given = { ...inputs, dlosses, stats: exact };
  const [gradient] = referenceOf(vocabularyLossGradientKernel, given, terms).outputs;
  expect(gradient.some((x) => x !== 0)).toBe(true);
  closeTo(
    gradient,
    differentiate(vocabularyLossKernel, inputs, terms, [dlosses.values, null], 'student'),
    1e-7,
  );
});

it.each([false, true])(
  'the reference of its slopes is the derivative by the temperature, cross-entropy %j',
  (crossEntropy) => {
    const inputs = vocabularyLossInputs({ R: 6, V: 7, T: 1.7, scale: 3, soft: true, hard: true });
    const terms = { soft: true, hard: true, crossEntropy, temperatureGradient: true };
    const dlosses = noise([2, 6], 4).values;
    const [, , slopes] = referenceOf(vocabularyLossKernel, inputs, terms).outputs;
    expect(slopes.some((x) => x !== 0)).toBe(true);
    closeTo(
      [slopes.reduce((sum, slope, row) => sum + dlosses[row] * slope, 0)],
      differentiate(vocabularyLossKernel, inputs, terms, [dlosses, null, null], 'temperature'),
      1e-7,
    );
  },
);

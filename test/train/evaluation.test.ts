import { expect, it } from 'vitest';
import { standardError } from '../../src/train/heldOutSums';
import { testBackends } from '../support/backends';
import { describeEvaluation } from './describeEvaluation';

for (const backend of testBackends) describeEvaluation(backend);

it('gives the standard error of a mean from sums', () => {
  // Of 1, 2, 3, 4: variance 5 / 3.
  expect(standardError(10, 30, 4)).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
  // Rounding leaves no root of a negative number.
  expect(standardError(3, 3 - 1e-9, 3)).toBe(0);
  expect(standardError(1, 1, 1)).toBeNull();
  expect(standardError(0, 0, 0)).toBeNull();
});

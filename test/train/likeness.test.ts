import { expect, it } from 'vitest';
import { debiasedCka } from '../../src/train/likeness';
import { testBackends } from '../support/backends';
import { describeLikeness } from './describeLikeness';

for (const backend of testBackends) describeLikeness(backend);

it('is nothing where a level says the same of every token, or there is no token', () => {
  const still = { tokens: 9, student: [0, 0, 0], teacher: [4, 2, 3], cross: [0, 0] };
  expect(debiasedCka([still], 1, 1)).toEqual([[null]]);
  expect(debiasedCka([], 1, 2)).toEqual([[null, null]]);
});

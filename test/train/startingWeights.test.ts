import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { startingWeights } from '../../src/train/startingWeights';
import { distilled, teacher } from './tinyExperiment';

const shape = { ...teacher.shape, ...distilled.student };
const random: Arm = { ...distilled, initialisation: { kind: 'random' } };

it('the seed draws the weights that are not copied, and alike for arms of one shape', () => {
  const name = 'bert.encoder.layer.0.output.dense.weight';
  const drawn = (arm: Arm, seed: number) => startingWeights(arm, shape, teacher, teacher.shape, seed);
  expect(drawn(random, 1)).toEqual(drawn({ ...random, id: 'other' }, 1));
  expect(drawn(random, 1).get(name)).not.toEqual(drawn(random, 2).get(name));
  // A copy draws its projection alone.
  expect(drawn(distilled, 1).get(name)).toEqual(drawn(distilled, 2).get(name));
  const projection = 'fit_dense.weight';
  expect(drawn(distilled, 1).get(projection)).not.toEqual(drawn(distilled, 2).get(projection));
  expect(startingWeights(random, shape, null, null, 1).has(projection)).toBe(false);
});

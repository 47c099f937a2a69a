import { beforeAll, describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { setUpBackend } from '../support/backends';
import { trained } from '../train/tinyExperiment';
import { armsOfMethods, trainerOf } from './plans';

/** What some updates leave, of one batch each or of more. */
async function course(arm: Arm, steps: number, accumulation: number, recorded: boolean) {
  const trainer = trainerOf(arm, { accumulation });
  if (recorded) {
    await trainer.prepare({ onRefusal: ({ values }) => expect.unreachable(String(values?.message)) });
  }
  expect(trainer.isRecorded).toBe(recorded);
  const points = await trained(trainer, steps);
  const snapshot = await trainer.takeSnapshot();
  trainer.dispose();
  return { points, snapshot };
}

describe('a replayed step', () => {
  beforeAll(() => setUpBackend('webgpu'));

  it.each(armsOfMethods)('gives what the same operations give one by one: $id', async (arm) => {
    const replayed = await course(arm, 50, 1, true);
    expect(replayed.points).toHaveLength(50);
    expect(replayed).toEqual(await course(arm, 50, 1, false));
  });

  it.each(armsOfMethods)('gives the same with two batches an update: $id', async (arm) => {
    expect(await course(arm, 6, 2, true)).toEqual(await course(arm, 6, 2, false));
  });
});

import { beforeAll, expect, it, vi } from 'vitest';
import { setUpBackend } from '../support/backends';
import { trained } from '../train/tinyExperiment';
import { describePlanted, plantedArm } from './describePlanted';
import { trainerOf } from './plans';

vi.mock('../../src/methods/all', async (original) => {
  const { methods } = await original<typeof import('../../src/methods/all')>();
  const { planted } = await import('./planted');
  return { methods: { ...methods, planted } };
});

describePlanted('webgpu');

beforeAll(() => setUpBackend('webgpu'));

it('a method that is planted is replayed as it is computed', async () => {
  const [recorded, single] = [trainerOf(plantedArm), trainerOf(plantedArm)];
  await recorded.prepare({ onRefusal: ({ values }) => expect.unreachable(String(values?.message)) });
  expect(recorded.isRecorded).toBe(true);
  expect(await trained(recorded, 20)).toEqual(await trained(single, 20));
  for (const trainer of [recorded, single]) trainer.dispose();
});

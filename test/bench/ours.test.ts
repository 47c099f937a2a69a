import { expect, test } from 'vitest';
import type { EngineName } from '../../src/bench/engine';
import { createRunner } from '../../src/bench/runner';
import type { Workload } from '../../src/bench/workloads';

/** Odd sizes, so that a mistaken transpose or reshape shows. */
const tiny: Workload = {
  name: 'tiny',
  vocabularySize: 21,
  sequenceLength: 5,
  batchSize: 3,
  heads: 2,
  teacher: { layers: 3, hiddenSize: 10 },
  student: { layers: 2, hiddenSize: 6 },
  arms: 1,
};

async function losses(engine: EngineName): Promise<number[]> {
  const runner = createRunner(null);
  await runner.open(engine, 'wasm');
  await runner.start(tiny);
  const found: number[] = [];
  for (let i = 0; i < 5; i++) found.push((await runner.step(i)).loss);
  return found;
}

test('our engine trains as plain tfjs does, with a projection that has no bias', async () => {
  const [tfjs, ours] = [await losses('tfjs'), await losses('stillroom')];
  for (const [i, loss] of ours.entries()) expect(Math.abs(loss / tfjs[i] - 1)).toBeLessThan(1e-4);
});

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

async function losses(engine: EngineName, steps: number): Promise<number[]> {
  const runner = createRunner(null);
  await runner.open(engine, 'wasm');
  await runner.start(tiny);
  const found: number[] = [];
  for (let i = 0; i < steps; i++) found.push((await runner.step(i)).loss);
  await runner.pipelined(steps, 2);
  expect(await runner.peakBytes()).toBeGreaterThan(0);
  return found;
}

test('plain tfjs and jax-js train alike', async () => {
  const [tfjs, jax] = [await losses('tfjs', 5), await losses('jax-js', 5)];
  expect(tfjs[4]).toBeLessThan(tfjs[0]);
  for (const [i, loss] of jax.entries()) expect(Math.abs(loss / tfjs[i] - 1)).toBeLessThan(2e-5);
});

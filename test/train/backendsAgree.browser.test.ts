import { beforeAll, describe, expect, it } from 'vitest';
import type { BackendName, StepPoint } from '../../src/config/results';
import { trainBatch } from '../../src/data/batches';
import { BatchTensors } from '../../src/train/batchTensors';
import { batchSizes } from '../../src/train/evaluation';
import { setUpBackend } from '../support/backends';
import { corpus, distilled, tinyTrainer } from './tinyExperiment';

const steps = 20;

interface Run {
  /** As the device gives them back. */
  ids: ArrayLike<number>;
  attentionMask: ArrayLike<number>;
  maskedPositions: ArrayLike<number>;
  labels: ArrayLike<number>;
  weights: Record<string, Float32Array>;
  points: StepPoint[];
}

async function run(backend: BackendName): Promise<Run> {
  await setUpBackend(backend);
  const random = { ...distilled, initialisation: { kind: 'random' as const } };
  const trainer = tinyTrainer([random], { steps });
  const { training } = trainer.experiment;
  const batch = trainBatch(corpus, training, 0, 0);
  const tensors = new BatchTensors(batchSizes(batch, corpus.tokenizer.vocabulary.length));
  tensors.write(batch, null);
  const { input, masked, labels } = tensors;
  const snapshot = await trainer.takeSnapshot();
  await trainer.prepare();
  expect(trainer.isRecorded).toBe(backend === 'webgpu');
  for (let step = 0; step < steps; step++) trainer.trainStep();
  return {
    ids: await input.tokens.ids.data(),
    attentionMask: await input.attentionMask.data(),
    maskedPositions: await masked.ids.data(),
    labels: await labels.data(),
    weights: snapshot.arms.distilled.parameters,
    points: await trainer.readPoints(),
  };
}

/** Every number of a step: weighted sums and terms of all arms. */
const lossesAt = ({ points }: Run, step: number) =>
  Object.values(points[step - 1].arms).flatMap(({ total, terms }) => [total, ...Object.values(terms)]);

/** Twenty steps on a GPU that is emulated on a busy machine. */
const patience = 600_000;

describe('for one seed', () => {
  const runs: Record<string, Run> = {};
  beforeAll(async () => {
    for (const backend of ['cpu', 'wasm', 'webgpu'] as const) runs[backend] = await run(backend);
  }, patience);

  it.each(['wasm', 'webgpu'])('%s has the ids, masks and initial weights of the CPU', (backend) => {
    const { points: _, ...start } = runs[backend];
    const { points: __, ...expected } = runs.cpu;
    expect(start).toEqual(expected);
  });

  it.each(['wasm', 'webgpu'])('%s has its losses: within 1e-4 at step 1 and 1e-3 after 20', (backend) => {
    for (const [step, tolerance] of [
      [1, 1e-4],
      [20, 1e-3],
    ]) {
      const expected = lossesAt(runs.cpu, step);
      lossesAt(runs[backend], step).forEach((loss, i) => {
        expect(Math.abs(loss - expected[i])).toBeLessThanOrEqual(tolerance * expected[i]);
      });
    }
  });
});

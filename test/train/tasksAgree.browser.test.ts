/** Stages of a task on every backend: one seed gives one course of losses, whoever computes it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Arm, Experiment } from '../../src/config/experiment';
import { planOf } from '../../src/config/objective';
import type { BackendName, StepPoint } from '../../src/config/results';
import { randomWeights } from '../../src/model/initialise';
import { parameterShapes } from '../../src/model/parameterNames';
import { encodeTask } from '../../src/tasks/encode';
import type { LabelledData } from '../../src/tasks/rows';
import { rowsOf } from '../../src/tasks/taskSource';
import { Trainer } from '../../src/train/trainer';
import { setUpBackend } from '../support/backends';
import { distilled, drawWide, experimentOf, shape, teacher, tokenizer } from './tinyExperiment';

const steps = 20;
const texts: LabelledData = {
  labels: ['day', 'night', 'noon'],
  train: Array.from({ length: 12 }, (_, i) => ({
    label: i % 3,
    a: `${['a good day for', 'the night was', 'the sun and'][i % 3]} ${i}`,
  })),
  heldOut: [
    { label: 0, a: 'a good day' },
    { label: 1, a: 'the night was' },
    { label: 2, a: 'the sun' },
  ],
};
const pairs: LabelledData = {
  ...texts,
  train: texts.train.map((row, i) => ({ ...row, b: `and then ${i}` })),
  heldOut: texts.heldOut.map((row) => ({ ...row, b: 'and then' })),
};
const head = { kind: 'classify', classes: texts.labels.length } as const;
const tuned = { shape, weights: randomWeights(parameterShapes(shape, head), drawWide) };

const random: Arm = { ...distilled, initialisation: { kind: 'random' } };
/** As BERT has it, with segments and a pooler, beside DistilBERT's head. */
const bertLike: Arm = { ...random, id: 'bert-like', student: { ...random.student, tokenTypes: true } };
/** Half as wide as the teacher, so that hidden states are compared through a projection. */
const narrow: Arm = {
  ...random,
  id: 'narrow',
  student: { ...random.student, hiddenSize: 4, intermediateSize: 8 },
};
const plan = (weights: Arm['weights'], temperature = 1) => planOf(weights, { temperature, mapping: [2] });
const labels = plan({ mlm: 1 });
const triple = plan({ ce: 5, mlm: 2, cos: 1 }, 2);

/** Named by what it has that the others lack. */
const cases: Record<string, { data: LabelledData; arms: Arm[]; dropout?: number }> = {
  'both heads, from labels and a teacher': {
    data: texts,
    arms: [
      { ...random, ...triple },
      { ...bertLike, ...labels },
    ],
  },
  pairs: { data: pairs, arms: [{ ...bertLike, ...triple }] },
  'TinyBERT’s first stage of a task': {
    data: pairs,
    arms: [{ ...narrow, ...plan({ embd: 1, attn: 1, hidn: 1 }) }],
  },
  'TinyBERT’s second stage of a task': { data: texts, arms: [{ ...narrow, ...plan({ pred: 1 }) }] },
  dropout: { data: pairs, arms: [{ ...bertLike, ...triple }], dropout: 0.1 },
};

async function run(backend: BackendName, name: string): Promise<StepPoint[]> {
  await setUpBackend(backend);
  const { data, arms, dropout } = cases[name];
  const experiment: Experiment = {
    ...experimentOf(arms, { steps, ...(dropout && { dropout }) }),
    text: { kind: 'task', id: 'feelings' },
    tuning: { steps: 1, learningRate: 0 },
  };
  const source = rowsOf(encodeTask(tokenizer, data, 16), tokenizer.vocabulary.length);
  const trainer = new Trainer(experiment, source, tuned, [], { origin: teacher });
  await trainer.prepare();
  expect(trainer.isRecorded).toBe(backend === 'webgpu');
  for (let step = 0; step < steps; step++) trainer.trainStep();
  const points = await trainer.readPoints();
  trainer.dispose();
  return points;
}

/** Every number of a step: weighted sums and terms of all arms. */
const lossesAt = (points: StepPoint[], step: number) =>
  Object.values(points[step - 1].arms).flatMap(({ total, terms }) => [total, ...Object.values(terms)]);

/** Twenty steps on a GPU that is emulated on a busy machine. */
const patience = 600_000;

describe.each(Object.keys(cases))('a task for one seed, %s', (name) => {
  const runs: Record<string, StepPoint[]> = {};
  beforeAll(async () => {
    for (const backend of ['cpu', 'wasm', 'webgpu'] as const) runs[backend] = await run(backend, name);
  }, patience);

  it.each(['wasm', 'webgpu'])(
    '%s has the losses of the CPU: within 1e-4 at step 1 and 1e-3 after 20',
    (backend) => {
      expect(lossesAt(runs.cpu, 20)).not.toEqual(lossesAt(runs.cpu, 1));
      for (const [step, tolerance] of [
        [1, 1e-4],
        [20, 1e-3],
      ]) {
        const expected = lossesAt(runs.cpu, step);
        expect(expected.length).toBeGreaterThan(1);
        lossesAt(runs[backend], step).forEach((loss, i) => {
          expect(Math.abs(loss - expected[i])).toBeLessThanOrEqual(tolerance * Math.abs(expected[i]));
        });
      }
    },
  );
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { termsOf } from '../../src/config/objective';
import { type Batch, trainBatch } from '../../src/data/batches';
import { readStored } from '../../src/kernels/backends/storage';
import { distilbertBetas } from '../../src/optim/adamw';
import { batchSizes } from '../../src/train/evaluation';
import { frozenModel, studentShape, trainedArm } from '../../src/train/model';
import { randomTeacher } from '../../src/train/randomTeacher';
import { ReportRing } from '../../src/train/reports';
import { startingWeights } from '../../src/train/startingWeights';
import { TrainingStep } from '../../src/train/step';
import { armsOfMethods } from '../methods/plans';
import { setUpBackend } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { corpus, distilled, experimentOf, teacher, twin } from './tinyExperiment';

const { training } = experimentOf([distilled], { warmup: 0, clipNorm: 1000 });

/** Several batches as one. */
function joined(batches: Batch[]): Batch {
  const all = <T extends Int32Array | Float32Array>(of: (batch: Batch) => T) =>
    batches.flatMap((batch) => [...of(batch)]);
  const sum = (of: (batch: Batch) => number) => batches.reduce((total, batch) => total + of(batch), 0);
  const size = batches[0].inputIds.length;
  return {
    batchSize: sum(({ batchSize }) => batchSize),
    sequenceLength: batches[0].sequenceLength,
    inputIds: Int32Array.from(all(({ inputIds }) => inputIds)),
    attentionMask: Float32Array.from(all(({ attentionMask }) => attentionMask)),
    labels: Int32Array.from(all(({ labels }) => labels)),
    maskedPositions: Int32Array.from(
      batches.flatMap(({ maskedPositions }, i) => [...maskedPositions].map((at) => at + i * size)),
    ),
    maskedWeights: Float32Array.from(all(({ maskedWeights }) => maskedWeights)),
    maskedCount: sum(({ maskedCount }) => maskedCount),
    tokenCount: sum(({ tokenCount }) => tokenCount),
    sequenceCount: sum(({ sequenceCount }) => sequenceCount),
    originalIds: Int32Array.from(all(({ originalIds }) => originalIds)),
  };
}

/** Losses (total and terms) and gradient of one update; the first moment of a first update is a tenth of the gradient. */
async function update(arm: Arm, batches: Batch[], first = 0) {
  const shape = studentShape(arm, teacher.shape);
  const random = { ...arm, initialisation: { kind: 'random' as const } };
  const model = trainedArm(
    arm,
    shape,
    startingWeights(random, shape, teacher, teacher.shape, 1),
    teacher.shape,
  );
  const step = new TrainingStep({
    teachers: [teacher, randomTeacher(teacher.shape, 2)].map((one) => frozenModel(one.shape, one.weights)),
    arms: [model],
    terms: [termsOf(arm)],
    accumulation: batches.length,
    ring: new ReportRing([arm]),
    sizes: batchSizes(batches[0], shape.vocabularySize),
  });
  batches.forEach((one, micro) => {
    step.write(one, first + micro, { step: 0, epoch: 0, learningRate: 0, training, betas: distilbertBetas });
    step.run(micro === batches.length - 1);
  });
  const report = await readStored(batches.length > 1 ? model.reportSum : model.report);
  return {
    losses: report.map((value) => value / batches.length),
    gradient: (await readStored(model.moments)).subarray(0, model.weights.size),
  };
}

const batch = (train: Int32Array[], step: number) => trainBatch({ ...corpus, train }, training, step, 0);
/** Sequences of 10 tokens: batches that hold equally many. */
const alike = corpus.train.filter(({ length }) => length >= 10).map((sequence) => sequence.slice(0, 10));

/** An arm that learns from another one stands alone here, and has nobody to learn from. */
const taughtByTeachers = armsOfMethods.filter(({ taughtBy }) => taughtBy?.kind !== 'arm');

describe('gradient accumulation', () => {
  beforeAll(() => setUpBackend('wasm'));

  // Gates of replaced layers are drawn for each batch.
  it.each([twin, ...taughtByTeachers.filter(({ id }) => id !== 'theseus')])(
    'golden 14: equals one large batch where token counts are equal ($id)',
    async (arm) => {
      const batches = [0, 1, 2].map((step) => batch(alike, step));
      const [accumulated, large] = [await update(arm, batches), await update(arm, [joined(batches)])];
      closeTo(accumulated.losses, large.losses, 1e-5);
      closeTo(accumulated.gradient, large.gradient, 1e-4);
    },
  );

  it('golden 14: and does not where they are not', async () => {
    const short = corpus.train.map((sequence) => sequence.slice(0, 4));
    const batches = [batch(alike, 0), batch(short, 1)];
    const [accumulated, large] = [await update(twin, batches), await update(twin, [joined(batches)])];
    expect(() => closeTo(accumulated.gradient, large.gradient, 0.01)).toThrow();
  });

  it.each(taughtByTeachers)('is the mean of the gradients and losses of its batches ($id)', async (arm) => {
    const batches = [0, 1, 2].map((step) => batch(corpus.train, step));
    const accumulated = await update(arm, batches);
    const single = await Promise.all(batches.map((one, micro) => update(arm, [one], micro)));
    const mean = (of: (typeof single)[number][]) => (i: number, key: 'gradient' | 'losses') =>
      of.reduce((sum, one) => sum + one[key][i], 0) / of.length;
    closeTo(
      accumulated.gradient,
      Array.from(accumulated.gradient, (_, i) => mean(single)(i, 'gradient')),
      1e-5,
    );
    const { losses } = accumulated;
    closeTo(
      losses,
      Array.from(losses, (_, i) => mean(single)(i, 'losses')),
      1e-5,
    );
  });
});

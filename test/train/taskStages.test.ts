import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { finish } from '../../src/data/work';
import type { LabelledData } from '../../src/tasks/rows';
import { TaskStages, type TaskTools, type Told } from '../../src/train/taskStages';
import { describeOn, testBackends } from '../support/backends';
import { distilled, experimentOf, teacher, tokenizer } from './tinyExperiment';

const data: LabelledData = {
  labels: ['day', 'night'],
  train: Array.from({ length: 8 }, (_, i) => ({ label: i % 2, a: i % 2 ? `the night ${i}` : `a day ${i}` })),
  heldOut: [
    { label: 0, a: 'a good day' },
    { label: 1, a: 'the night was' },
  ],
};
const stage = {
  ...experimentOf([distilled], { steps: 2, warmup: 0 }),
  text: { kind: 'task', id: 'feelings' } as const,
  tuning: { steps: 6, learningRate: 5e-3 },
};

/** Tools whose work ends after so many updates; a store that keeps what it is given. */
function tools(most = Number.POSITIVE_INFINITY, stored = new Map<string, Record<string, Float32Array>>()) {
  const told: Told[] = [];
  const given: TaskTools = {
    words: teacher,
    tokenizer,
    vectors: async () => {
      throw new Error('No rows are varied here');
    },
    kept: {
      load: async (key) => stored.get(key) ?? null,
      save: (key, values) => void stored.set(key, values),
    },
    run: async (slices) => finish(slices),
    tell: (news) => {
      told.push(news);
      if (told.length >= most) throw new Error('enough');
    },
  };
  return { told, given, stored };
}
const done = (told: Told[]) => told.map((news) => news.done);
const bits = (weights: Map<string, { data: Float32Array }>) =>
  Object.fromEntries([...weights].map(([name, { data }]) => [name, [...data]]));

for (const backend of testBackends) {
  describeOn(backend, 'a teacher who is tuned before a stage', () => {
    it('goes on from where a tuning was left, and comes to the same', async () => {
      const stages = new TaskStages();
      const first = tools(3);
      await expect(stages.read(stage, data, first.given)).rejects.toThrow('enough');
      const second = tools();
      const { teacher: resumed } = await stages.read(stage, data, second.given);
      expect([...done(first.told), ...done(second.told)]).toEqual([1, 2, 3, 4, 5, 6]);
      const { teacher: whole } = await new TaskStages().read(stage, data, tools().given);
      expect(bits(resumed!.weights)).toEqual(bits(whole!.weights));
    });

    it('leaves nothing on the device once the tuning is given up', async () => {
      const stages = new TaskStages();
      const before = tf.memory().numTensors;
      await expect(stages.read(stage, data, tools(2).given)).rejects.toThrow('enough');
      expect(tf.memory().numTensors).toBeGreaterThan(before);
      stages.endTuning();
      expect(tf.memory().numTensors).toBe(before);
      const again = tools();
      await stages.read(stage, data, again.given);
      expect(done(again.told)[0]).toBe(1);
      expect(tf.memory().numTensors).toBe(before);
    });

    it('is tuned once for stages that ask the same, and taken from where such are kept', async () => {
      const stages = new TaskStages();
      const first = tools();
      const { teacher: tuned } = await stages.read(stage, data, first.given);
      const longer = { ...stage, training: { ...stage.training, steps: 9, learningRate: 0.1 } };
      const second = tools();
      expect((await stages.read(longer, data, second.given)).teacher).toBe(tuned);
      expect(second.told).toEqual([]);
      const later = tools(1, first.stored);
      const { teacher: kept } = await new TaskStages().read(stage, data, later.given);
      expect(later.told).toEqual([]);
      expect(bits(kept!.weights)).toEqual(bits(tuned!.weights));
      // The same from a file, whose names come in another order.
      const { text, training, tuning, ...rest } = stage;
      const reordered = {
        tuning: { learningRate: tuning!.learningRate, steps: tuning!.steps },
        training: Object.fromEntries(Object.entries(training).reverse()) as typeof training,
        ...rest,
        text,
      };
      await new TaskStages().read(reordered, data, later.given);
      expect(later.told).toEqual([]);
      // Another seed tunes another one.
      const other = tools(1, first.stored);
      const reseeded = { ...stage, training: { ...stage.training, seed: 99 } };
      await expect(new TaskStages().read(reseeded, data, other.given)).rejects.toThrow('enough');
    });

    it('is tuned anew where what is kept is another model’s', async () => {
      const { stored } = tools();
      const first = tools(Number.POSITIVE_INFINITY, stored);
      await new TaskStages().read(stage, data, first.given);
      for (const [key, values] of stored)
        stored.set(key, { ...values, 'classifier.bias': new Float32Array(3) });
      const again = tools(Number.POSITIVE_INFINITY, stored);
      await new TaskStages().read(stage, data, again.given);
      expect(done(again.told)).toEqual([1, 2, 3, 4, 5, 6]);
    });
  });
}

import { expect, it } from 'vitest';
import type { Arm, Experiment } from '../../src/config/experiment';
import { planOf } from '../../src/config/objective';
import type { BackendName } from '../../src/config/results';
import { projectionNames } from '../../src/methods/tinybert';
import { isOfHead } from '../../src/model/parameterNames';
import { encodeTask } from '../../src/tasks/encode';
import type { LabelledData } from '../../src/tasks/rows';
import { rowsOf } from '../../src/tasks/taskSource';
import { Trainer } from '../../src/train/trainer';
import { tunedTeacher } from '../../src/train/tuning';
import { describeOn } from '../support/backends';
import {
  copyOfTeacher,
  distilled,
  experimentOf,
  shape,
  teacher,
  tinyTrainer,
  tokenizer,
  trained,
} from './tinyExperiment';

/** Whether a text speaks of it or of the other one: what one word tells. */
const row = (label: number, a: string) => ({ label, a });
const data: LabelledData = {
  labels: ['day', 'night'],
  train: Array.from({ length: 12 }, (_, i) =>
    row(i % 2, i % 2 ? `the night was ${i}` : `a good day for ${i}`),
  ),
  heldOut: [row(0, 'a good day'), row(1, 'the night was'), row(0, 'a day for it'), row(1, 'the night')],
};
const pairs: LabelledData = {
  ...data,
  train: data.train.map((one) => ({ ...one, b: 'and then' })),
  heldOut: data.heldOut.map((one) => ({ ...one, b: 'and then' })),
};
const V = tokenizer.vocabulary.length;
const source = rowsOf(encodeTask(tokenizer, data, 16), V);

/** Half as wide as the teacher, so that hidden states are compared through a projection. */
const narrow: Arm = {
  ...distilled,
  id: 'narrow',
  student: { ...distilled.student, hiddenSize: 4, intermediateSize: 8 },
  initialisation: { kind: 'random' },
};
const layers = planOf({ attn: 1, embd: 1, hidn: 1 }, { temperature: 1, mapping: [2] });
const predictions = planOf({ pred: 1 }, { temperature: 1, mapping: [2] });
const labels = planOf({ mlm: 1 }, { temperature: 1, mapping: [2] });

const onTask = (arms: Arm[], steps = 30): Experiment => ({
  ...experimentOf(arms, { steps, warmup: 0 }),
  text: { kind: 'task', id: 'feelings' },
  tuning: { steps: 40, learningRate: 5e-3 },
});

/** Names of what differs between two sets of weights. */
const changed = (before: Map<string, { data: Float32Array }>, after: Map<string, { data: Float32Array }>) =>
  [...after]
    .filter(([name, { data }]) => String(before.get(name)?.data) !== String(data))
    .map(([name]) => name);

export function describeTasks(backend: BackendName) {
  describeOn(backend, 'a task', () => {
    it.each([
      ['texts', data],
      ['pairs', pairs],
    ])('of %s is learned from labels, and told on held-out rows', async (_, given) => {
      const own = rowsOf(encodeTask(tokenizer, given, 16), V);
      const arm: Arm = { ...copyOfTeacher, id: 'labels', ...labels, mapping: [1, 2] };
      const trainer = new Trainer(onTask([arm], 200), own, null, [], { origin: teacher });
      const before = await trainer.evaluate('full', async () => {});
      const points = await trained(trainer, 100);
      expect(points.at(-1)!.arms.labels.total).toBeLessThan(0.5 * points[0].arms.labels.total);
      // At first nobody knows: the loss is that of a coin.
      expect(points[0].arms.labels.total).toBeCloseTo(Math.log(2), 1);
      const after = await trainer.evaluate('full', async () => {});
      expect([before.maskedWords, after.maskedWords]).toEqual([4, 4]);
      expect(after.arms.labels.accuracy).toBe(1);
      expect(after.teacher).toBeNull();
      trainer.dispose();
    });

    it('is taught by a teacher that was tuned on it, and always by the same', async () => {
      const first = await tunedTeacher(onTask([narrow]), teacher, source);
      const again = await tunedTeacher(onTask([narrow]), teacher, source);
      expect(changed(first.weights, again.weights)).toEqual([]);
      expect(first.shape).toEqual(shape);
      expect(first.weights.get('classifier.weight')?.shape).toEqual([2, 8]);
      const arm: Arm = { ...distilled, ...planOf({ ce: 1 }, { temperature: 2, mapping: [2] }) };
      const trainer = new Trainer(onTask([arm]), source, first, [], { origin: teacher });
      const points = await trained(trainer, 30);
      expect(points.at(-1)!.arms.distilled.total).toBeLessThan(points[0].arms.distilled.total);
      const { teacher: known, arms } = await trainer.evaluate('full', async () => {});
      expect(known?.accuracy).toBe(1);
      expect(arms.distilled.klToTeacher).toBeLessThan(0.1);
      trainer.dispose();
    });

    it('golden 19: in task stage 1 the classifier gets no gradient, in stage 2 the projections get none', async () => {
      const tuned = await tunedTeacher(onTask([narrow]), teacher, source);
      const start = { origin: teacher };
      const first = new Trainer(onTask([{ ...narrow, ...layers }]), source, tuned, [], start);
      const { narrow: atFirst } = await first.weights();
      await trained(first, 3);
      const { narrow: between } = await first.weights();
      const ofLayers = changed(atFirst, between);
      expect(ofLayers.filter(isOfHead)).toEqual([]);
      expect(ofLayers).toContain(projectionNames.weight);
      expect(ofLayers).toContain('bert.encoder.layer.0.output.dense.weight');
      first.dispose();

      const before = { narrow: between };
      const second = new Trainer(onTask([{ ...narrow, ...predictions }]), source, tuned, [], {
        ...start,
        before,
      });
      const { narrow: carried } = await second.weights();
      await trained(second, 3);
      const { narrow: after } = await second.weights();
      const ofPredictions = changed(carried, after);
      expect(ofPredictions.filter(isOfHead)).toContain('classifier.weight');
      expect(ofPredictions).not.toContain(projectionNames.weight);
      second.dispose();
    });

    it('begins with what a student knows from text, under a head of its own', async () => {
      const onText = tinyTrainer([narrow]);
      await trained(onText, 3);
      const before = await onText.weights();
      onText.dispose();
      const trainer = new Trainer(onTask([{ ...narrow, ...labels }]), source, null, [], {
        origin: teacher,
        before,
      });
      const { narrow: carried } = await trainer.weights();
      for (const [name, { data }] of carried) {
        if (isOfHead(name)) expect(before.narrow.has(name), name).toBe(false);
        else expect(String(data), name).toBe(String(before.narrow.get(name)?.data));
      }
      // What goes on has numbers of its own.
      await trained(trainer, 2);
      trainer.restore(null);
      expect(changed(carried, (await trainer.weights()).narrow)).toEqual([]);
      trainer.dispose();
    });
  });
}

import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Arm, Training } from '../../src/config/experiment';
import { teacherModel } from '../../src/config/modelIds';
import type { BackendName } from '../../src/config/results';
import { wordsOf } from '../../src/data/batchSource';
import { Trainer } from '../../src/train/trainer';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import {
  armSettings,
  copyOfTeacher,
  corpus,
  distilled,
  experimentOf,
  teacher,
  tinyTrainer,
  tokenizer,
  trained,
  twin,
} from './tinyExperiment';

const pause = async () => {};
const tenHeldOut = { ...corpus, heldOut: corpus.heldOut.slice(0, 10) };
const { cls, mask, sep } = tokenizer.special;

export function describeEvaluation(backend: BackendName) {
  describeOn(backend, 'evaluation', () => {
    it('finds an arm that is the teacher at KL 0, agreement 1 and no distance of attention', async () => {
      const point = await tinyTrainer([copyOfTeacher, distilled]).evaluate('full', pause);
      const { copy, distilled: half } = point.arms;
      // A model isn't compared with itself; the copy is.
      expect(point.teacher).toMatchObject({ agreement: null, klToTeacher: null });
      expect(Math.abs(copy.klToTeacher!)).toBeLessThan(1e-6);
      expect(copy).toMatchObject({
        agreement: 1,
        loss: point.teacher!.loss,
        accuracy: point.teacher!.accuracy,
      });
      expect(Math.abs(copy.losses.terms.ce!)).toBeLessThan(1e-5);
      expect(Math.abs(copy.losses.terms.cos!)).toBeLessThan(1e-6);
      const { scores, probabilities } = copy.attention!;
      expect([scores, probabilities].flat(2)).toEqual(new Array(2 * 2 * 2).fill(0));
      expect(half.klToTeacher).toBeGreaterThan(0.001);
      expect(half.agreement).toBeLessThan(1);
      expect(half.attention!.scores.flat().every((error) => error > 0)).toBe(true);
      expect(half.attention!.probabilities.flat().every((error) => error > 0)).toBe(true);
    });

    it('gives the standard error of KL: half of it from four times the words', async () => {
      const error = async (count: number) => {
        const heldOut = { ...corpus, heldOut: corpus.heldOut.slice(0, count) };
        const trainer = new Trainer(experimentOf([distilled, copyOfTeacher]), wordsOf(heldOut), teacher);
        const { arms, teacher: own, maskedWords } = await trainer.evaluate('full', pause);
        const { klToTeacher, klError } = arms.distilled;
        expect(own!.klError).toBeNull();
        // A copy is as far from its teacher everywhere: nowhere.
        expect(arms.copy.klError).toBeLessThan(1e-6);
        return { relative: klError! / klToTeacher!, maskedWords };
      };
      const [few, many] = [await error(12), await error(48)];
      const expected = Math.sqrt(few.maskedWords / many.maskedWords);
      expect(many.relative / few.relative).toBeGreaterThan(0.6 * expected);
      expect(many.relative / few.relative).toBeLessThan(1.6 * expected);
      // The spread over words is of the size of their mean.
      const spread = many.relative * Math.sqrt(many.maskedWords);
      expect(spread).toBeGreaterThan(0.2);
      expect(spread).toBeLessThan(5);
    });

    it('compares the attention of the blocks that are mapped', async () => {
      const first: Arm = {
        ...copyOfTeacher,
        student: { ...copyOfTeacher.student, layers: 1 },
        initialisation: { kind: 'copy', blocks: [1] },
        mapping: [1],
      };
      const point = await tinyTrainer([first, { ...first, id: 'other', mapping: [2] }]).evaluate(
        'full',
        pause,
      );
      expect(point.arms.copy.attention?.scores).toEqual([[0, 0]]);
      expect(Math.min(...point.arms.other.attention!.scores.flat())).toBeGreaterThan(0);
    });

    it('measures no distance to the teacher of who is mapped onto another student’s layers', async () => {
      const first: Arm = { ...copyOfTeacher, taughtBy: { kind: 'arm', id: 'other' } };
      const point = await tinyTrainer([first, { ...copyOfTeacher, id: 'other' }]).evaluate('full', pause);
      expect(point.arms.copy.attention).toBeNull();
      expect(Math.max(...point.arms.other.attention!.scores.flat())).toBeLessThan(1e-6);
    });

    it('gives the same figures for the sample and the whole where all of it fits the sample', async () => {
      const trainer = new Trainer(experimentOf([distilled, twin]), wordsOf(tenHeldOut), teacher);
      await trained(trainer, 2);
      const [sample, full] = [await trainer.evaluate('sample', pause), await trainer.evaluate('full', pause)];
      expect(sample.sequences).toBe(10);
      expect({ ...sample, extent: 'full' }).toEqual(full);
    });

    it('does not depend on the batch size or the seed of the training', async () => {
      const figures = async (changes: Partial<Training>) => {
        const trainer = new Trainer(experimentOf([distilled], changes), wordsOf(tenHeldOut), teacher);
        const point = await trainer.evaluate('full', pause);
        trainer.dispose();
        return point;
      };
      expect(await figures({ batchSize: 9, seed: 2 })).toEqual(await figures({ batchSize: 4 }));
    });

    it('takes a temperature from the moment it is set', async () => {
      const [set, moved] = [tinyTrainer([{ ...distilled, temperature: 7 }]), tinyTrainer([distilled])];
      const before = await moved.evaluate('sample', pause);
      moved.adjust(armSettings(0, { temperature: 7 }));
      const after = await moved.evaluate('sample', pause);
      expect(after).toEqual(await set.evaluate('sample', pause));
      expect(after).not.toEqual(before);
    });
  });

  describeOn(backend, 'probe', () => {
    it('gives logits, and attention of each query that sums to 1 over the sentence', async () => {
      const ids = [cls, 40, 50, mask, 60, sep];
      const L = ids.length;
      const models = await tinyTrainer([distilled, copyOfTeacher]).probe(ids, 3);
      expect(models.map(({ id }) => id)).toEqual([teacherModel, 'distilled', 'copy']);
      for (const { logits, attention } of models) {
        const { blocks, heads, scores, probabilities } = attention;
        expect(logits).toHaveLength(tokenizer.vocabulary.length);
        expect(logits.every(Number.isFinite)).toBe(true);
        expect(scores).toHaveLength(blocks * heads * L * L);
        expect(probabilities).toHaveLength(blocks * heads * L * L);
        for (let row = 0; row < blocks * heads * L; row++) {
          const sum = probabilities.slice(row * L, (row + 1) * L).reduce((a, b) => a + b);
          expect(sum).toBeCloseTo(1, 5);
        }
      }
      expect(models.map(({ attention }) => attention.blocks)).toEqual([2, 1, 2]);
      closeTo(models[2].logits, models[0].logits, 1e-6);
    });

    it('softens each row of scores into its probabilities', async () => {
      const ids = [cls, 40, mask, sep];
      const [{ attention }] = await tinyTrainer([distilled]).probe(ids, 2);
      const { scores, probabilities } = attention;
      for (let row = 0; row < probabilities.length / 4; row++) {
        const exps = [...scores.slice(row * 4, row * 4 + 4)].map(Math.exp);
        const sum = exps.reduce((a, b) => a + b);
        closeTo(
          probabilities.slice(row * 4, row * 4 + 4),
          exps.map((e) => e / sum),
        );
      }
    });

    it('tells the teacher from an arm that is called so', async () => {
      const trainer = tinyTrainer([{ ...copyOfTeacher, id: 'teacher' }, distilled]);
      const models = await trainer.probe([cls, 40, 50, mask, sep], 3);
      expect(models.map(({ id }) => id)).toEqual([teacherModel, 'teacher', 'distilled']);
      expect(Object.keys(trainer.sizes())).toEqual([teacherModel, 'teacher', 'distilled']);
    });

    it('is asked again the same, whatever became of the first answer', async () => {
      const trainer = tinyTrainer([distilled]);
      const ids = [cls, 40, mask, sep];
      const [first, ...others] = await trainer.probe(ids, 2);
      const expected = structuredClone([first, ...others]);
      for (const { logits, attention } of [first, ...others]) {
        for (const values of [logits, attention.scores, attention.probabilities]) values.fill(0);
      }
      expect(await trainer.probe(ids, 2)).toEqual(expected);
    });

    it('looks at the mask: another place has other logits', async () => {
      const trainer = tinyTrainer([distilled]);
      const at = async (index: number) => (await trainer.probe([cls, 40, 50, mask, sep], index))[0].logits;
      expect(await at(3)).not.toEqual(await at(1));
    });
  });

  describeOn(backend, 'latency', () => {
    it('is a positive median within its middle half, one and the same for models of one shape', async () => {
      const trainer = tinyTrainer([distilled, twin, copyOfTeacher]);
      const { numTensors } = tf.memory();
      const latencies = await trainer.measureLatency(pause);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(Object.keys(latencies)).toEqual([teacherModel, 'distilled', 'twin', 'copy']);
      expect(latencies.twin).toEqual(latencies.distilled);
      expect(latencies.copy).toEqual(latencies[teacherModel]);
      for (const { batch1Ms, batch32Ms, batch1Middle, batch32Middle, runs } of Object.values(latencies)) {
        for (const [median, [low, high]] of [
          [batch1Ms, batch1Middle],
          [batch32Ms, batch32Middle],
        ] as const) {
          expect(low).toBeGreaterThan(0);
          expect(median).toBeGreaterThanOrEqual(low);
          expect(high).toBeGreaterThanOrEqual(median);
        }
        expect(runs).toBeGreaterThanOrEqual(20);
      }
    });

    it('ends where a pause ends it, and leaves nothing on the device', async () => {
      const trainer = tinyTrainer([distilled]);
      const { numTensors } = tf.memory();
      const stopped = trainer.measureLatency(() => Promise.reject(new Error('enough')));
      await expect(stopped).rejects.toThrow('enough');
      expect(tf.memory().numTensors).toBe(numTensors);
    });
  });
}

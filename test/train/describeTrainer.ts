import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import type { BackendName, StepPoint } from '../../src/config/results';
import { writeStored } from '../../src/kernels/backends/storage';
import { termIds } from '../../src/methods/registry';
import { distilbertBetas } from '../../src/optim/adamw';
import type { Trainer } from '../../src/train/trainer';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import {
  armSettings,
  armsOf,
  deeper,
  distilled,
  learningRate,
  tinyTrainer,
  tokenizer,
  trained,
  twin,
} from './tinyExperiment';

const pause = async () => {};
const { cls, mask, sep } = tokenizer.special;
const sentence = [cls, 40, 50, mask, 60, sep];
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
const totals = (points: StepPoint[], arm: string) => points.map(({ arms }) => arms[arm].total);

/** Everything that a run does besides training. */
async function lookAround(trainer: Trainer) {
  await trainer.evaluate('sample', pause);
  await trainer.probe(sentence, 3);
  trainer.restore(await trainer.takeSnapshot());
  trainer.adjust([learningRate(1e-3)]);
}

export function describeTrainer(backend: BackendName) {
  describeOn(backend, 'training', () => {
    it("brings every arm's losses down", async () => {
      const points = await trained(tinyTrainer(), 30);
      expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      for (const arm of ['distilled', 'twin']) {
        const losses = totals(points, arm);
        expect(mean(losses.slice(-5))).toBeLessThan(0.97 * mean(losses.slice(0, 5)));
      }
    });

    it.each([1, 3])('leaks no tensor, with %i batches an update', async (accumulation) => {
      const before = tf.memory().numTensors;
      const trainer = tinyTrainer([distilled, { ...twin, softTargets: 'shuffled' }], { accumulation });
      await trained(trainer, 3);
      await lookAround(trainer);
      const { numTensors, numBytes } = tf.memory();
      const ids = tf.backend().numDataIds();
      await trained(trainer, 7);
      await lookAround(trainer);
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
      expect(tf.backend().numDataIds()).toBe(ids);

      trainer.trainStep();
      trainer.restore(null);
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
      trainer.trainStep();
      trainer.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('gives an arm the same losses whatever arms are beside it', async () => {
      const alone = await trained(tinyTrainer([twin]), 5);
      const accompanied = await trained(tinyTrainer([distilled, { ...distilled, id: 'third' }, twin]), 5);
      expect(totals(accompanied, 'twin')).toEqual(totals(alone, 'twin'));
      expect(totals(accompanied, 'third')).toEqual(totals(accompanied, 'distilled'));
    });

    it('computes only the terms that have a weight, and their weighted sum', async () => {
      const withMse: Arm = {
        ...distilled,
        id: 'mse',
        weights: { mse: 0.5 },
        positions: 'masked',
      };
      const [{ arms }] = await trained(tinyTrainer([distilled, twin, withMse]), 1);
      expect(Object.keys(arms.distilled.terms)).toEqual(['ce', 'mlm', 'cos']);
      expect(Object.keys(arms.twin.terms)).toEqual(['mlm']);
      expect(Object.keys(arms.mse.terms)).toEqual(['mse']);
      const { ce, mlm, cos } = arms.distilled.terms;
      expect(arms.distilled.total).toBeCloseTo(5 * ce! + 2 * mlm! + cos!, 4);
      expect(arms.mse.total).toBeCloseTo(0.5 * arms.mse.terms.mse!, 5);
    });

    it('accumulates batches that differ', async () => {
      // Nothing is learned yet at a rate of 0: the mean over four batches is that over the first four steps.
      const [once, four] = [1, 4].map((accumulation) =>
        tinyTrainer([twin], { accumulation, learningRate: 0, maskProbability: 0.5 }),
      );
      const singles = totals(await trained(once, 4), 'twin');
      const [accumulated] = totals(await trained(four, 1), 'twin');
      closeTo([accumulated], [mean(singles)], 1e-5);
      for (const trainer of [once, four]) trainer.dispose();
    });

    it('follows the schedule: the first update is at 0, the last near it', async () => {
      const points = await trained(tinyTrainer([twin], { steps: 40, warmup: 0.05 }), 40);
      const rates = points.map(({ learningRate }) => learningRate);
      expect(rates.slice(0, 3)).toEqual([0, 2.5e-3, 5e-3]);
      expect(rates[39]).toBeCloseTo(5e-3 / 38, 9);
    });

    it('takes what was adjusted at the very next update', async () => {
      const [trainer, untouched] = [tinyTrainer([distilled]), tinyTrainer([distilled])];
      await trained(trainer, 2);
      await trained(untouched, 2);
      const weights = { ce: 1, mlm: 0, cos: 0 };
      trainer.adjust([learningRate(1e-3), ...armSettings(0, { temperature: 16, weights })]);
      const [[adjusted], [as]] = [await trained(trainer, 1), await trained(untouched, 1)];
      expect(adjusted.learningRate).toBeCloseTo(as.learningRate / 5, 9);
      expect(Object.keys(adjusted.arms.distilled.terms)).toEqual(['ce']);
      expect(adjusted.arms.distilled.total).toBe(adjusted.arms.distilled.terms.ce);
      const change = adjusted.arms.distilled.terms.ce! / as.arms.distilled.terms.ce!;
      expect(Math.abs(change - 1)).toBeGreaterThan(0.005);
      expect(trainer.experiment.arms[0].temperature).toBe(16);
    });

    it('corrects the moments for the number of updates done', async () => {
      const trainer = tinyTrainer([twin], { warmup: 0 });
      await trained(trainer, 1);
      const { parameters: before } = (await trainer.takeSnapshot()).arms.twin;
      const [{ learningRate }] = await trained(trainer, 1);
      const { parameters, moments } = (await trainer.takeSnapshot()).arms.twin;
      const name = 'cls.predictions.transform.dense.weight';
      const { beta1, beta2, epsilon } = distilbertBetas;
      const expected = before[name].map((weight, i) => {
        const first = moments.first[name][i] / (1 - beta1 ** 2);
        const second = moments.second[name][i] / (1 - beta2 ** 2);
        return weight - (learningRate * first) / (Math.sqrt(second) + epsilon);
      });
      closeTo(parameters[name], expected, 1e-5);
    });

    it('does not change weights at a learning rate of 0', async () => {
      const trainer = tinyTrainer([twin], { warmup: 0, learningRate: 0 });
      const before = await trainer.takeSnapshot();
      await trained(trainer, 1);
      expect((await trainer.takeSnapshot()).arms.twin.parameters).toEqual(before.arms.twin.parameters);
    });

    it('goes on after a snapshot exactly as an uninterrupted run', async () => {
      const changes = { accumulation: 2, weightDecay: 0.01 };
      const arms = [distilled, { ...distilled, id: 'shuffled', softTargets: 'shuffled' as const }];
      const uninterrupted = await trained(tinyTrainer(arms, changes), 4);

      const trainer = tinyTrainer(arms, changes);
      const first = await trained(trainer, 2);
      const snapshot = await trainer.takeSnapshot();
      await trained(trainer, 2);
      trainer.restore(snapshot);
      expect(trainer.step).toBe(2);
      expect([...first, ...(await trained(trainer, 2))]).toEqual(uninterrupted);

      const resumed = tinyTrainer(arms, changes);
      resumed.restore(structuredClone(snapshot));
      expect(await trained(resumed, 2)).toEqual(uninterrupted.slice(2));

      trainer.restore(null);
      expect(await trained(trainer, 4)).toEqual(uninterrupted);
    });

    it('goes on from a snapshot alike, whatever weights were set to 0 before it', async () => {
      // No method multiplies weights as the steps go on but annealing's, which takes those of L_mlm to 0. The weight of a
      // term that brings parameters along, CTKD's, goes to 0 in another run only.
      const each = termIds.filter((term) => term !== 'anneal' && term !== 'ctkd');
      const every = Object.fromEntries(each.map((term) => [term, 1]));
      const nothing = Object.fromEntries(each.map((term) => [term, 0]));
      const settings = { weightDecay: 0.01 };
      for (const kept of each) {
        const trainer = tinyTrainer([{ ...deeper, weights: every }], settings);
        await trained(trainer, 2);
        trainer.adjust(armSettings(0, { weights: { ...nothing, [kept]: 1 } }));
        const snapshot = await trainer.takeSnapshot();
        const uninterrupted = await trained(trainer, 3);
        const resumed = tinyTrainer([{ ...deeper, weights: { [kept]: 1 } }], settings);
        resumed.restore(snapshot);
        // To rounding: the step that had more terms may have computed this one over other rows.
        const again = await trained(resumed, 3);
        const lossesOf = (points: StepPoint[]) =>
          points.flatMap(({ arms }) => [arms.distilled.total, arms.distilled.gradientNorm!]);
        closeTo(lossesOf(again), lossesOf(uninterrupted), 1e-4, kept);
        const [one, other] = [await resumed.takeSnapshot(), await trainer.takeSnapshot()];
        for (const [name, values] of Object.entries(other.arms.distilled.parameters)) {
          closeTo(one.arms.distilled.parameters[name], values, 1e-4, `${kept}, ${name}`);
        }
        for (const one of [trainer, resumed]) one.dispose();
      }
    });

    it('takes up a snapshot that lacks what arms have had only since', async () => {
      const trainer = tinyTrainer([distilled]);
      await trained(trainer, 2);
      const whole = await trainer.takeSnapshot();
      const older = structuredClone(whole);
      const { parameters, moments } = older.arms.distilled;
      for (const named of [parameters, moments.first, moments.second]) delete named['fit_dense.weight'];
      trainer.restore(older);
      expect(await trainer.takeSnapshot()).toEqual(whole);
      trainer.dispose();
    });

    it('stops where a loss is not finite, with arm, term and step', async () => {
      const trainer = tinyTrainer([twin, distilled]);
      await trained(trainer, 2);
      const snapshot = await trainer.takeSnapshot();
      const next = (poisoned?: string) => {
        trainer.restore(snapshot);
        const spoiled = armsOf(trainer).find(({ arm }) => arm.id === poisoned);
        if (spoiled) {
          const { flat, offsets } = spoiled.weights;
          writeStored(flat, Float32Array.of(Number.NaN), offsets['cls.predictions.bias'] + 7);
        }
        return trained(trainer, 1);
      };
      const problem = (arm: string, term: string) => ({
        problem: { code: 'lossNotFinite', values: { step: 3, arm, term } },
      });
      await expect(next('distilled')).rejects.toMatchObject(problem('distilled', 'ce'));
      await expect(next('twin')).rejects.toMatchObject(problem('twin', 'mlm'));
      expect(await next()).toHaveLength(1);
    });
  });
}

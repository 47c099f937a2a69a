import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { Evaluator } from '../../src/train/evaluation';
import { setArm } from '../../src/train/model';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { asGolden, golden, goldenStep, goldenTerms, heldOutBatches, weightsOfGolden } from './goldenStep';

const { heldOut, objective } = golden;
const options = { seed: 1, keep: true, pause: async () => {} };
const weights = weightsOfGolden(objective);
const when = { step: 0, steps: 10, micro: 0, epoch: 0, seed: 1 };
const totalOf = (weights: typeof objective) =>
  goldenTerms.reduce((sum, term) => sum + weights[term] * heldOut.terms[term], 0);

export function describeHeldOut(backend: BackendName) {
  describeOn(backend, 'held-out figures', () => {
    it.each([1, 3, 5, 8, 16])("are PyTorch's, %i sequences at a time", async (size) => {
      const { teacher, model } = goldenStep(weights, 1);
      const evaluator = new Evaluator([teacher], [model]);
      const figures = await evaluator.evaluate(heldOutBatches(size), options);
      expect(figures.sequences).toBe(heldOut.ids.length);
      expect(figures.maskedWords).toBe(heldOut.maskedWords);
      const { student } = figures.arms;
      const compare = (actual: object | null, expected: Record<string, number>) => {
        for (const [name, value] of Object.entries(expected)) {
          const own = (actual as Record<string, number>)[name];
          expect(Math.abs(own - value), `${name}: ${own} for ${value}`).toBeLessThan(
            1e-5 * Math.max(1, value),
          );
        }
      };
      compare(figures.teacher, heldOut.teacher);
      compare(student, heldOut.student);
      compare(asGolden(student.losses.terms), heldOut.terms);
      closeTo([student.losses.total], [totalOf(objective)], 1e-5);
      if (size < heldOut.ids.length) return;
      // Attention is compared on the first batch, which here is all there is.
      closeTo(student.attention!.scores.flat(), heldOut.attention.scores.flat(), 1e-5);
      closeTo(student.attention!.probabilities.flat(), heldOut.attention.probabilities.flat(), 1e-5);
    });

    it('take T and weights as they were set last, and keep them to the end', async () => {
      const { arm, teacher, model } = goldenStep(weights, 1);
      const evaluator = new Evaluator([teacher], [model]);
      const other = { ...arm, temperature: 8, weights: { ...weights, ce: 1, mse: 0 } };
      setArm(model, other, when);
      const first = (await evaluator.evaluate(heldOutBatches(3), options)).arms.student.losses;
      expect(Math.abs(first.terms.ce! / heldOut.terms.ce - 1)).toBeGreaterThan(0.01);
      expect(Object.keys(first.terms)).toEqual(['ce', 'mlm', 'cos', 'attn', 'embd', 'hidn']);
      setArm(model, arm, when);
      const changing = evaluator.evaluate(heldOutBatches(3), {
        ...options,
        pause: async () => setArm(model, other, when),
      });
      const { losses } = (await changing).arms.student;
      closeTo([losses.terms.ce!, losses.total], [heldOut.terms.ce, totalOf(objective)], 1e-5);
      expect((await evaluator.evaluate(heldOutBatches(3), options)).arms.student.losses).toEqual(first);
    });

    it('take L_ce at the masked words alone where an arm asks for it: at T = 1 it is the KL to the teacher', async () => {
      const { arm, teacher, model } = goldenStep({ ...weights, attn: 0, embd: 0, hidn: 0 }, 1);
      setArm(model, { ...arm, positions: 'masked', temperature: 1 }, when);
      const { student } = (await new Evaluator([teacher], [model]).evaluate(heldOutBatches(3), options)).arms;
      closeTo([student.losses.terms.ce!], [heldOut.student.klToTeacher], 1e-5);
    });

    it('tell of other teachers what they would of a student, on a fixed sample once', async () => {
      const { teacher, model } = goldenStep(weights, 1);
      const evaluator = new Evaluator([teacher, teacher, model], [model]);
      const batches = heldOutBatches(3);
      const before = tf.memory().numTensors;
      const first = await evaluator.evaluate(batches, options);
      const [same, student] = first.others!;
      const { losses: _, attention: __, ...asStudent } = first.arms.student;
      expect(student).toEqual(asStudent);
      expect(same.agreement).toBe(1);
      closeTo([same.loss, same.accuracy], [first.teacher!.loss, first.teacher!.accuracy], 1e-6);
      expect(Math.abs(same.klToTeacher!)).toBeLessThan(1e-6);
      const kept = tf.memory().numTensors;
      expect((await evaluator.evaluate(batches, options)).others).toEqual(first.others);
      expect(tf.memory().numTensors).toBe(kept);
      evaluator.dispose();
      expect(tf.memory().numTensors).toBe(before);
      expect(await new Evaluator([teacher], [model]).evaluate(batches, options)).not.toHaveProperty('others');
    });

    it("ask the teacher anew where an arm's terms have changed", async () => {
      const { arm, teacher, model } = goldenStep(weights, 1);
      const evaluator = new Evaluator([teacher], [model]);
      const batches = heldOutBatches(3);
      setArm(model, { ...arm, weights: { ...weights, ce: 0, mse: 0, attn: 0, embd: 0, hidn: 0 } }, when);
      await evaluator.evaluate(batches, options);
      setArm(model, arm, when);
      const terms = asGolden((await evaluator.evaluate(batches, options)).arms.student.losses.terms);
      expect(Object.keys(terms)).toEqual(Object.keys(heldOut.terms));
      closeTo(Object.values(terms), Object.values(heldOut.terms), 1e-5);
    });

    it("keep the teacher's side of a sample, give it again to the bit, and forget it with the run", async () => {
      const { teacher, model } = goldenStep(weights, 1);
      const evaluator = new Evaluator([teacher], [model]);
      const made = tf.memory().numTensors;
      const batches = heldOutBatches(3);
      const first = await evaluator.evaluate(batches, options);
      const kept = tf.memory().numTensors;
      expect(kept).toBeGreaterThan(made);
      expect(await evaluator.evaluate(batches, options)).toEqual(first);
      expect(tf.memory().numTensors).toBe(kept);
      // What is evaluated once is not kept, and gives the same.
      expect(await evaluator.evaluate(heldOutBatches(3), { ...options, keep: false })).toEqual(first);
      expect(tf.memory().numTensors).toBe(kept);
      const interrupted = evaluator.evaluate(batches, {
        ...options,
        pause: () => Promise.reject(new Error('no')),
      });
      await expect(interrupted).rejects.toThrow('no');
      expect(tf.memory().numTensors).toBe(kept);
      evaluator.dispose();
      expect(tf.memory().numTensors).toBe(made);
    });
  });
}

import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { readStored } from '../../src/kernels/backends/storage';
import { namesIn } from '../../src/model/packing';
import { distilbertBetas } from '../../src/optim/adamw';
import type { TrainedArm } from '../../src/train/model';
import { takeSnapshot } from '../../src/train/snapshot';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { batches, golden, goldenStep, goldenTerms, studentWeights, weightsOfGolden } from './goldenStep';

const training = { weightDecay: golden.weightDecay, clipNorm: golden.clipNorm, seed: 1, steps: 10 };

/** The last gradients of every parameter by Hugging Face's names. */
async function gradientsOf({ gradients, weights: { parts, offsets } }: TrainedArm) {
  const flat = await readStored(gradients);
  return new Map(
    Object.entries(parts).flatMap(([name, { size }]) => {
      const own = namesIn(name);
      const each = size / own.length;
      return own.map((part, i) => {
        const from = offsets[name] + i * each;
        return [part, flat.subarray(from, from + each)] as const;
      });
    }),
  );
}

export function describeGoldenStep(backend: BackendName) {
  describeOn(backend, 'a step with much padding', () => {
    it.each(goldenTerms)("has PyTorch's %s, and its gradient for every parameter", async (term) => {
      const { model, step } = goldenStep(weightsOfGolden({ [term]: 1 }), 1);
      step.write(batches[0], 0, { step: 0, epoch: 0, learningRate: 0, training, betas: distilbertBetas });
      step.run(false);
      const { value, gradients } = golden.terms[term];
      closeTo([(await readStored(model.report))[0]], [value], 1e-5);
      const named = Object.entries(gradients as Record<string, number[]>);
      const largest = Math.max(...named.flatMap(([, values]) => values.map(Math.abs)));
      const computed = await gradientsOf(model);
      for (const [name, own] of computed) {
        const expected = (gradients as Record<string, number[]>)[name] ?? new Array(own.length).fill(0);
        const error = Math.max(...own.map((gradient, i) => Math.abs(gradient - expected[i])));
        expect(error, `${term}, ${name}`).toBeLessThan(1e-4 * largest);
      }
      expect(computed.size).toBe(studentWeights.size);
    });

    it("is PyTorch's through three updates of two batches, clipped twice of three times", async () => {
      const { arm, model, ring, step } = goldenStep(weightsOfGolden(golden.objective), golden.accumulation);
      for (const [update, learningRate] of golden.learningRates.entries()) {
        for (let micro = 0; micro < golden.accumulation; micro++) {
          const numbers = { step: update, epoch: 0, learningRate, training, betas: distilbertBetas };
          step.write(batches[update * golden.accumulation + micro], micro, numbers);
          step.run(micro === golden.accumulation - 1);
        }
        ring.note(update + 1, learningRate, [arm]);
      }
      const reported = (await ring.read()).map(({ arms }) => arms.student);
      closeTo(
        reported.map(({ total }) => total),
        golden.updates.map(({ total }) => total),
        1e-5,
      );
      closeTo(
        reported.map(({ gradientNorm }) => gradientNorm!),
        golden.updates.map(({ gradientNorm }) => gradientNorm),
        1e-5,
      );
      expect(golden.updates.map(({ gradientNorm }) => gradientNorm > golden.clipNorm)).toEqual([
        true,
        true,
        false,
      ]);
      const { parameters } = (await takeSnapshot([model], 3)).arms.student;
      const after = golden.parameters as Record<string, number[]>;
      expect(Object.keys(parameters).sort()).toEqual(Object.keys(after).sort());
      for (const [name, values] of Object.entries(after)) {
        // How far each went, so that an update left out or taken twice can't hide behind the size of the weights.
        const before = studentWeights.get(name)!.data;
        const moved = values.map((value, i) => value - before[i]);
        const most = golden.learningRates.reduce((sum, rate) => sum + rate, 0);
        const error = Math.max(...moved.map((by, i) => Math.abs(parameters[name][i] - before[i] - by)));
        expect(error, name).toBeLessThan(0.01 * most);
      }
    });
  });
}

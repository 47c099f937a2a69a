import type * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { fillHyper, hyperLength } from '../../src/kernels/adamW/hyper';
import {
  type Block,
  makeBlock,
  makeStored,
  readStored,
  writeStored,
} from '../../src/kernels/backends/storage';
import { type AdamWState, adamW, distilbertBetas, updateKinds } from '../../src/optim/adamw';
import { spansOf } from '../../src/train/reach';
import golden from '../golden/adamw.json';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';

interface Optimised {
  weights: Block;
  state: AdamWState;
}

/** Parameters by name, with all that AdamW keeps of them. */
function optimised(initial: Record<string, { shape: number[]; values: number[] }>): Optimised {
  const weights = makeBlock(
    Object.fromEntries(
      Object.entries(initial).map(([name, { shape }]) => [name, { shape, dtype: 'float32' as const }]),
    ),
  );
  const { size, offsets } = weights;
  for (const [name, { values }] of Object.entries(initial)) {
    writeStored(weights.flat, Float32Array.from(values), offsets[name]);
  }
  const kinds = makeStored([size / 64]) as tf.Tensor1D;
  writeStored(
    kinds,
    updateKinds(spansOf(weights), size, () => true),
  );
  const state: AdamWState = {
    parameters: weights.flat,
    moments: makeStored([2, size]) as tf.Tensor2D,
    gradients: makeStored([size]) as tf.Tensor1D,
    kinds,
    hyper: makeStored([hyperLength]) as tf.Tensor1D,
    report: makeStored([1]) as tf.Tensor1D,
    ring: makeStored([4, 2]) as tf.Tensor2D,
  };
  return { weights, state };
}

const defaults = { ...distilbertBetas, weightDecay: 0, clipNorm: 1e9, gradientScale: 1, slot: 0 };

/** One update with the given gradients; the norm that it noted. */
async function update(
  { weights, state }: Optimised,
  gradients: Record<string, number[]>,
  hyper: Partial<typeof defaults> & { learningRate: number; update: number },
): Promise<number> {
  for (const [name, values] of Object.entries(gradients)) {
    writeStored(state.gradients, Float32Array.from(values), weights.offsets[name]);
  }
  writeStored(state.hyper, fillHyper(new Float32Array(hyperLength), { ...defaults, ...hyper }));
  adamW(state);
  return (await readStored(state.ring))[1 + 2 * (hyper.slot ?? 0)];
}

async function valuesOf({ weights }: Optimised, name: string): Promise<Float32Array> {
  const at = weights.offsets[name];
  return (await readStored(weights.flat)).slice(at, at + weights.parts[name].size);
}

const filled = (names: string[], value: number) =>
  Object.fromEntries(names.map((name) => [name, { shape: [2], values: [value, value] }]));

export function describeAdamW(backend: BackendName) {
  describeOn(backend, 'AdamW', () => {
    it("clips and updates as PyTorch's AdamW, step by step", async () => {
      const nameOf = (i: number) => `matrix${i}.weight`;
      const model = optimised(Object.fromEntries(golden.initial.map((values, i) => [nameOf(i), values])));
      for (const [i, step] of golden.steps.entries()) {
        const gradients = Object.fromEntries(step.gradients.map(({ values }, p) => [nameOf(p), values]));
        const { learningRate } = step;
        const norm = await update(model, gradients, { ...golden.settings, learningRate, update: i + 1 });
        closeTo([norm], [step.gradientNorm], 1e-5);
        for (const [p, expected] of step.parameters.entries()) {
          closeTo(await valuesOf(model, nameOf(p)), expected.values, 1e-5);
        }
      }
    });

    it('clips to the bound, and leaves smaller gradients as they are', async () => {
      const first = async (clipNorm: number) => {
        const model = optimised(filled(['a.weight', 'b.weight'], 0));
        const gradients = { 'a.weight': [3, 0], 'b.weight': [4, 0] };
        const norm = await update(model, gradients, { learningRate: 1, update: 1, clipNorm });
        expect(norm).toBeCloseTo(5, 5);
        // The first moment of a first update is (1 − β1) times the gradient.
        const moments = await readStored(model.state.moments);
        const at = model.weights.offsets;
        return [moments[at['a.weight']] / 0.1, moments[at['b.weight']] / 0.1];
      };
      closeTo(await first(0.5), [0.3, 0.4], 1e-5);
      closeTo(await first(6), [3, 4], 1e-5);
    });

    it('takes the norm of many gradients, and scales them with the report', async () => {
      const names = Array.from({ length: 70 }, (_, i) => `x${i}.weight`);
      const model = optimised(filled(names, 1));
      const gradients = Object.fromEntries(names.map((name, i) => [name, [i % 2, 2]]));
      writeStored(model.state.report, Float32Array.from([8]));
      const hyper = { learningRate: 0, update: 1, gradientScale: 0.25, slot: 3 };
      const norm = await update(model, gradients, hyper);
      expect(norm).toBeCloseTo(Math.sqrt(70 * 4 + 35) / 4, 4);
      expect([...(await readStored(model.state.ring)).subarray(0, 7)]).toEqual([0, 0, 0, 0, 0, 0, 2]);
    });

    it('decays matrices and embeddings, not biases and LayerNorms', async () => {
      const decayed = ['bert.embeddings.word_embeddings.weight', 'x.dense.weight'];
      const kept = ['x.dense.bias', 'cls.predictions.bias', 'x.LayerNorm.weight', 'x.LayerNorm.bias'];
      const model = optimised(filled([...decayed, ...kept], 1));
      await update(model, {}, { learningRate: 0.1, update: 1, weightDecay: 0.5 });
      for (const name of [...decayed, ...kept]) {
        expect((await valuesOf(model, name))[0]).toBeCloseTo(decayed.includes(name) ? 0.95 : 1, 6);
      }
    });

    it('leaves a parameter alone that no loss reaches', async () => {
      const model = optimised(filled(['a.weight', 'b.weight'], 1));
      const { offsets, size } = model.weights;
      writeStored(
        model.state.kinds,
        updateKinds(spansOf(model.weights), size, ({ name }) => name === 'a.weight'),
      );
      const gradients = { 'a.weight': [1, 1], 'b.weight': [1, 1] };
      await update(model, gradients, { learningRate: 0.1, update: 1, weightDecay: 0.5 });
      expect([...(await valuesOf(model, 'b.weight'))]).toEqual([1, 1]);
      expect((await valuesOf(model, 'a.weight'))[0]).toBeLessThan(1);
      const moments = await readStored(model.state.moments);
      expect(moments[offsets['b.weight']]).toBe(0);
      expect(moments[offsets['a.weight']]).not.toBe(0);
    });
  });
}

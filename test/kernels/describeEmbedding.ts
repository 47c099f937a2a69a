import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { embed } from '../../src/kernels/embedding/embedding';
import { embeddingGradientKernel, embeddingKernel } from '../../src/kernels/embedding/kernel';
import { disposeRowIndex, rowIndex } from '../../src/kernels/gatherRows/gatherRows';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { describeKernels } from './describeKernels';
import { indexOf, repeatingIds, segmentIndex, segmentsOf, whole } from './inputs';

const tensorOf = ({ values, shape }: Input) => tf.tensor2d(values, shape as [number, number]);

export function describeEmbedding(backend: BackendName) {
  describeKernels(backend, 'embedding', () => {
    it.each([
      { B: 1, L: 1, V: 11, P: 1, d: 24, types: true },
      { B: 1, L: 128, V: 300, P: 128, d: 312, types: false },
      { B: 3, L: 7, V: 30522, P: 9, d: 4, types: true },
      { B: 2, L: 33, V: 40, P: 64, d: 33, types: false },
      { B: 4, L: 33, V: 15, P: 33, d: 64, types: true },
    ])('agrees with its reference, %j', async ({ B, L, V, P, d, types }) => {
      const ids = repeatingIds(B * L, V);
      const tables = { tokens: noise([V, d], 1), positions: noise([P, d], 2) };
      const withTypes: Record<string, Input> = types ? { types: noise([2, d], 3) } : {};
      const segments = segmentsOf(B * L, L);
      const dy = noise([B * L, d], 4);
      for (const pairs of [false, true]) {
        const inputs = { ids: whole(ids), ...tables, ...withTypes };
        const withSegments: Record<string, Input> = pairs ? { segments: whole(segments) } : {};
        await checkKernel(embeddingKernel, { ...inputs, ...withSegments }, { length: L });
        await checkKernel(
          embeddingGradientKernel,
          { dy, ...indexOf(ids, V), ...(pairs ? segmentIndex(segments) : {}) },
          { length: L, positionRows: P, types },
        );
      }
    });

    it('without segments is what it is where all are of the first', async () => {
      const inputs = {
        ids: whole([4, 0, 4, 2, 1, 4]),
        tokens: noise([5, 8], 1),
        positions: noise([4, 8], 2),
      };
      const all = { ...inputs, types: noise([2, 8], 3) };
      const none = referenceOf(embeddingKernel, all, { length: 3 });
      const segments = [0, 0, 0, 0, 0, 0];
      const zeros = referenceOf(embeddingKernel, { ...all, segments: whole(segments) }, { length: 3 });
      expect(zeros.outputs).toEqual(none.outputs);
      const dy = { dy: noise([6, 8], 4), ...indexOf([4, 0, 4, 2, 1, 4], 5) };
      const attributes = { length: 3, positionRows: 4, types: true };
      const gradients = referenceOf(
        embeddingGradientKernel,
        { ...dy, ...segmentIndex(segments) },
        attributes,
      );
      expect(gradients.outputs).toEqual(referenceOf(embeddingGradientKernel, dy, attributes).outputs);
    });

    it.each([
      { types: true, pairs: false },
      { types: false, pairs: false },
      { types: true, pairs: true },
      { types: false, pairs: true },
    ])('hands each table its gradient, %j', async ({ types, pairs }) => {
      const ids = [4, 0, 4, 2, 1, 4];
      const inputs: Record<string, Input> = {
        tokens: noise([5, 8], 1),
        positions: noise([4, 8], 2),
        ...(types ? { types: noise([2, 8], 3) } : {}),
      };
      const dy = noise([6, 8], 4);
      const index = rowIndex(Int32Array.from(ids), 5);
      const segments = [0, 1, 1, 0, 0, 1];
      const segmentRows = pairs ? rowIndex(Int32Array.from(segments), 2) : null;
      const { value, grads } = tf.valueAndGrads((tokens, positions, kinds) => {
        const [first, second] = [tokens as tf.Tensor2D, positions as tf.Tensor2D];
        return embed(index, first, second, (kinds as tf.Tensor2D) ?? null, 3, segmentRows);
      })(Object.values(inputs).map(tensorOf), tensorOf(dy));
      const given: Record<string, Input> = pairs ? { segments: whole(segments) } : {};
      const forward = referenceOf(embeddingKernel, { ids: whole(ids), ...inputs, ...given }, { length: 3 });
      closeTo(await value.data(), forward.outputs[0]);
      const attributes = { length: 3, positionRows: 4, types };
      const lists = { ...indexOf(ids, 5), ...(pairs ? segmentIndex(segments) : {}) };
      const { outputs } = referenceOf(embeddingGradientKernel, { dy, ...lists }, attributes);
      expect(grads.map(({ shape }) => shape)).toEqual(Object.values(inputs).map(({ shape }) => shape));
      for (const [i, grad] of grads.entries()) closeTo(await grad.data(), outputs[i]);
      disposeRowIndex(index);
      if (segmentRows) disposeRowIndex(segmentRows);
    });

    it('gives the same bits every time', async () => {
      const index = rowIndex(
        Int32Array.from({ length: 480 }, (_, i) => i % 3),
        3,
      );
      const dy = tensorOf(noise([480, 12], 1));
      const tables = [tf.zeros([3, 12]), tf.zeros([48, 12])];
      const run = async () => {
        const gradients = tf.grads((tokens, positions) =>
          embed(index, tokens as tf.Tensor2D, positions as tf.Tensor2D, null, 48),
        )(tables, dy);
        return Promise.all(gradients.map((gradient) => gradient.data()));
      };
      expect(await run()).toEqual(await run());
    });
  });
}

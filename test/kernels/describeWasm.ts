/** What only the WASM forms of the fused kernels have to show; run in Node and, with fused multiply-add, in Chromium. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { problemOf } from '../../src/config/problems';
import { attentionGradientKernel, attentionKernel } from '../../src/kernels/attention/kernel';
import { OutOfMemoryError } from '../../src/kernels/backends/errors';
import { makeStored } from '../../src/kernels/backends/storage';
import { wasmKernel } from '../../src/kernels/backends/wasm';
import { runKernel } from '../../src/kernels/kernel';
import { layerNormGradientKernel } from '../../src/kernels/layerNorm/kernel';
import { geluGradientKernel, matMulKernel } from '../../src/kernels/matMul/kernel';
import { type MatMulAttributes, matMulDefaults } from '../../src/kernels/matMul/reference';
import { vocabularyLossGradientKernel, vocabularyLossKernel } from '../../src/kernels/vocabularyLoss/kernel';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { checkKernel, type Input, noise, referenceOf } from './checkKernel';
import { floats, whole } from './inputs';

/** a and b of a product of these sizes, stored as the attributes say. */
const operands = (m: number, n: number, k: number, { transposeA, transposeB } = matMulDefaults) => ({
  a: noise(transposeA ? [k, m] : [m, k], 1),
  b: noise(transposeB ? [n, k] : [k, n], 2),
});

export const describeWasm = () =>
  describeOn('wasm', 'fused kernels', () => {
    describe('the product', () => {
      // Tiles are 5 x 8, parts of n and of k at most 256.
      const sizes = [
        [1, 1, 1],
        [5, 8, 4],
        [6, 9, 5],
        [4, 7, 3],
        [13, 17, 257],
        [33, 24, 600],
        [11, 521, 31],
        [128, 312, 64],
        [3, 600, 300],
      ];
      const layouts = [false, true].flatMap((transposeA) =>
        [false, true].map((transposeB) => ({ transposeA, transposeB })),
      );
      it.each(sizes.flatMap(([m, n, k]) => layouts.map((layout) => ({ m, n, k, ...layout }))))(
        'agrees with its reference, %j',
        async ({ m, n, k, ...layout }) => {
          const attributes = { ...matMulDefaults, ...layout, rowSums: true };
          await checkKernel(matMulKernel, operands(m, n, k, attributes), attributes);
        },
      );

      it.each(
        (['none', 'gelu', 'geluGradient'] as const).flatMap((activation) =>
          [1, 270].flatMap((k) => [1, -1].map((sign) => ({ activation, k, sign }))),
        ),
      )('takes bias, residual and activation into account, %j', async ({ activation, k, sign }) => {
        const [m, n] = [7, 261];
        const attributes: MatMulAttributes = {
          ...matMulDefaults,
          activation,
          residualSign: sign as 1 | -1,
          keepPreactivation: activation === 'gelu',
        };
        const inputs = {
          ...operands(m, n, k),
          bias: noise([n], 3),
          residual: noise([m, n], 4),
          ...(activation === 'geluGradient' ? { preactivation: noise([m, n], 5, 8) } : {}),
        };
        await checkKernel(matMulKernel, inputs, attributes);
      });

      it('sees operands that were changed in place', async () => {
        const { a, b } = operands(20, 16, 24);
        const tensors = { a: tf.tensor(a.values, [20, 24]), b: tf.tensor(b.values, [24, 16]) };
        const sum = runKernel(matMulKernel, tensors, matMulDefaults)[0];
        const [{ wasm, dataIdMap }] = [tf.backend() as unknown as HeapOfTfjs];
        const at = dataIdMap.get(tensors.b.dataId).memoryOffset;
        new Float32Array(wasm.HEAPU8.buffer, at, b.values.length).fill(0);
        expect((await sum.data()).some((x) => x !== 0)).toBe(true);
        expect((await runKernel(matMulKernel, tensors, matMulDefaults)[0].data()).every((x) => x === 0)).toBe(
          true,
        );
        tf.dispose([sum, tensors]);
      });

      it('gives the same bits each time', async () => {
        const { a, b } = operands(101, 77, 300);
        const tensors = { a: tf.tensor(a.values, [101, 300]), b: tf.tensor(b.values, [300, 77]) };
        const run = () => runKernel(matMulKernel, tensors, matMulDefaults)[0].data();
        expect(await run()).toEqual(await run());
        tf.dispose(tensors);
      });
    });

    it('gelu and its gradient are right far from 0 and near it', async () => {
      const x = floats(Array.from({ length: 2001 }, (_, i) => (i - 1000) / 40));
      const ones: Input = { shape: x.shape, values: x.values.map(() => 1) as Float32Array };
      await checkKernel(geluGradientKernel, { dy: ones, preactivation: x }, {}, { tolerance: 1e-6 });
      const column = { a: { ...x, shape: [2001, 1] }, b: floats([1]) };
      const inputs = { ...column, b: { ...column.b, shape: [1, 1] } };
      await checkKernel(matMulKernel, inputs, { ...matMulDefaults, activation: 'gelu' }, { tolerance: 1e-6 });
    });

    it.each([
      { B: 1, L: 1, heads: 1, k: 4 },
      { B: 2, L: 7, heads: 3, k: 5 },
      { B: 3, L: 33, heads: 2, k: 12 },
      { B: 1, L: 128, heads: 2, k: 64 },
      { B: 1, L: 300, heads: 1, k: 6 },
    ])('attention agrees with its reference, %j', async ({ B, L, heads, k }) => {
      const d = heads * k;
      const square = [B, heads, L, L];
      const mask = {
        shape: [B, L],
        values: Float32Array.from({ length: B * L }, (_, i) => (i % L < L - 2 || L < 4 ? 1 : 0)),
      };
      const qkv = noise([B * L, 3 * d], 1, 2);
      await checkKernel(attentionKernel, { qkv, mask }, { heads, keepScores: true });
      const probabilities = {
        shape: square,
        values: Float32Array.from(
          referenceOf(attentionKernel, { qkv, mask }, { heads, keepScores: false }).outputs[1],
        ),
      };
      const given = { dcontext: noise([B * L, d], 2), qkv, probabilities };
      await checkKernel(attentionGradientKernel, given, { heads });
      await checkKernel(attentionGradientKernel, { ...given, dscores: noise(square, 3) }, { heads });
    });

    it.each([
      { R: 1, V: 3, soft: true, hard: true },
      { R: 5, V: 11, soft: true, hard: false },
      { R: 6, V: 1023, soft: false, hard: true },
      { R: 3, V: 30522, soft: true, hard: true },
    ])('the losses over the vocabulary agree with their reference, %j', async ({ R, V, soft, hard }) => {
      const inputs: Record<string, Input> = {
        student: noise([R, V], 1, 12),
        ...(soft ? { teacher: noise([R, V], 2, 12) } : {}),
        temperature: floats([1.7]),
        ...(hard ? { labels: whole(Array.from({ length: R }, (_, r) => (r === 1 ? -1 : (r * 7) % V))) } : {}),
        weights: {
          shape: [2, R],
          values: Float32Array.from({ length: 2 * R }, (_, i) => (i === 2 ? 0 : 0.3 + i)),
        },
      };
      const attributes = { soft, hard, crossEntropy: false, temperatureGradient: false };
      await checkKernel(vocabularyLossKernel, inputs, attributes);
      const stats = Float32Array.from(referenceOf(vocabularyLossKernel, inputs, attributes).outputs[1]);
      await checkKernel(
        vocabularyLossGradientKernel,
        { ...inputs, dlosses: noise([2, R], 4), stats: { shape: [R, 4], values: stats } },
        attributes,
      );
    });

    it('an engine without SIMD runs the references on the heap', () => {
      const [dy, x, gain] = [noise([6, 10], 1), noise([6, 10], 2), noise([10], 3)];
      const moments: Input = { shape: [6, 2], values: Float32Array.from({ length: 12 }, (_, i) => 0.1 * i) };
      const { outputs } = referenceOf(layerNormGradientKernel, { dy, x, gain, moments }, {});
      const inputs = {
        dy: tf.tensor(dy.values, [6, 10]),
        x: tf.tensor(x.values, [6, 10]),
        gain: tf.tensor(gain.values),
        moments: tf.tensor(moments.values, [6, 2]),
      };
      const { kernelFunc } = wasmKernel(layerNormGradientKernel, null);
      const results = kernelFunc({
        inputs,
        attrs: {},
        backend: tf.backend(),
      }) as tf.TensorInfo[];
      results.forEach(({ dataId }, i) => {
        closeTo(tf.backend().readSync(dataId) as Float32Array, outputs[i]);
        tf.backend().disposeData(dataId);
      });
      tf.dispose(inputs);
    });

    it('says so where the heap is full, and leaves what is there', () => {
      const { a, b } = operands(4, 4, 4);
      const tensors = { a: tf.tensor(a.values, [4, 4]), b: tf.tensor(b.values, [4, 4]) };
      const { wasm } = tf.backend() as unknown as HeapOfTfjs;
      const beginning = () => wasm.HEAPU8.slice(0, 256);
      const before = beginning();
      const full = vi.spyOn(wasm, '_malloc').mockReturnValue(0);
      const ids = tf.memory().numDataBuffers;
      try {
        expect(() => runKernel(matMulKernel, tensors, matMulDefaults)).toThrow(OutOfMemoryError);
        expect(() => makeStored([64])).toThrow(OutOfMemoryError);
      } finally {
        full.mockRestore();
      }
      expect(beginning()).toEqual(before);
      expect(tf.memory().numDataBuffers).toBe(ids);
      expect(problemOf(new OutOfMemoryError(4))).toEqual({ code: 'outOfMemory' });
      tf.dispose(tensors);
    });

    it('gives back what it takes of the heap', () => {
      const { a, b } = operands(40, 40, 40);
      const tensors = { a: tf.tensor(a.values, [40, 40]), b: tf.tensor(b.values, [40, 40]) };
      const run = () => tf.dispose(runKernel(matMulKernel, tensors, matMulDefaults));
      run();
      const heap = () => (tf.backend() as unknown as HeapOfTfjs).wasm.HEAPU8.length;
      const [size, count] = [heap(), tf.memory().numTensors];
      for (let i = 0; i < 5000; i++) run();
      expect([heap(), tf.memory().numTensors]).toEqual([size, count]);
      tf.dispose(tensors);
    });
  });

interface HeapOfTfjs {
  wasm: { HEAPU8: Uint8Array<ArrayBuffer>; _malloc: (bytes: number) => number };
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
}

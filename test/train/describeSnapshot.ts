import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import type { BackendName } from '../../src/config/results';
import { writeStored } from '../../src/kernels/backends/storage';
import { ReportRing } from '../../src/train/reports';
import { slotCount, slotOf } from '../../src/train/slots';
import { isFiniteSnapshot, type Snapshot } from '../../src/train/snapshot';
import type { Trainer } from '../../src/train/trainer';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { armsOf, distilled, tinyTrainer, trained, twin } from './tinyExperiment';

const name = 'bert.encoder.layer.0.attention.self.key.weight';
type ArmState = Snapshot['arms'][string];

/** A copy of a snapshot, one arm of which was changed. */
function changed(snapshot: Snapshot, change: (state: ArmState) => void, arm = 'twin'): Snapshot {
  const copy = structuredClone(snapshot);
  change(copy.arms[arm]);
  return copy;
}

const misfit = (tensor: string, arm = 'twin') => ({
  problem: { code: 'snapshotMisfit', values: { arm, name: tensor } },
});

/** All that a restore might change. */
const stateOf = async (trainer: Trainer) => [trainer.step, await trainer.takeSnapshot()];

export function describeSnapshot(backend: BackendName) {
  describeOn(backend, 'a snapshot', () => {
    it('is refused whole where it does not fit, and nothing changes', async () => {
      const trainer = tinyTrainer();
      await trained(trainer, 2);
      const good = await trainer.takeSnapshot();
      await trained(trainer, 1);
      const before = await stateOf(trainer);
      const resized = (length: number) => (state: ArmState) => {
        state.parameters[name] = new Float32Array(length);
      };
      const size = good.arms.twin.parameters[name].length;
      const faulty: [Snapshot, object][] = [
        [
          { ...good, arms: { distilled: good.arms.distilled } },
          misfit('bert.embeddings.word_embeddings.weight'),
        ],
        [changed(good, resized(size - 1)), misfit(name)],
        [changed(good, resized(size + 1)), misfit(name)],
        [changed(good, resized(0)), misfit(name)],
        [changed(good, ({ parameters }) => delete parameters[name]), misfit(name)],
        [changed(good, ({ moments }) => delete moments.first[name]), misfit(name)],
        [changed(good, ({ moments }) => delete moments.second[name]), misfit(name)],
        [changed(good, ({ parameters }) => void parameters[name].fill(Number.NaN, 7, 8)), misfit(name)],
        [changed(good, ({ moments }) => void moments.first[name].fill(Infinity, 0, 1)), misfit(name)],
        [changed(good, ({ moments }) => void moments.second[name].fill(-Infinity, size - 1)), misfit(name)],
        [
          changed(good, ({ parameters }) => {
            parameters['bert.pooler.dense.weight'] = new Float32Array(64);
          }),
          misfit('bert.pooler.dense.weight'),
        ],
        [
          changed(good, ({ parameters }) => {
            (parameters as Record<string, unknown>)[name] = Array.from(parameters[name]);
          }),
          misfit(name),
        ],
        [{ ...good, step: 2.5 }, misfit('step', 'distilled')],
        [{ ...good, step: -1 }, misfit('step', 'distilled')],
        [{ ...good, step: Number.NaN }, misfit('step', 'distilled')],
      ];
      for (const [snapshot, problem] of faulty) {
        expect(() => trainer.restore(snapshot)).toThrow(expect.objectContaining(problem));
        expect(await stateOf(trainer)).toEqual(before);
      }
      trainer.restore(good);
      expect(await stateOf(trainer)).toEqual([good.step, good]);
      trainer.dispose();
    });

    it('lies in one block of memory for the parameters of an arm, and one for its moments', async () => {
      const trainer = tinyTrainer();
      const { parameters, moments } = (await trainer.takeSnapshot()).arms.distilled;
      const buffers = (...named: Record<string, Float32Array>[]) =>
        new Set(named.flatMap((tensors) => Object.values(tensors).map(({ buffer }) => buffer)));
      expect(buffers(parameters).size).toBe(1);
      expect(buffers(moments.first, moments.second).size).toBe(1);
      // A copy, which later updates leave alone.
      const before = structuredClone(parameters);
      await trained(trainer, 2);
      expect(parameters).toEqual(before);
      trainer.dispose();
    });

    it('is finite where every parameter and moment is', async () => {
      const trainer = tinyTrainer();
      await trained(trainer, 1);
      const good = await trainer.takeSnapshot();
      expect(isFiniteSnapshot(good)).toBe(true);
      const extremes = [3.4028234e38, -3.4028234e38, 1e-45, -0];
      expect(isFiniteSnapshot(changed(good, ({ parameters }) => parameters[name].set(extremes)))).toBe(true);
      for (const value of [Number.NaN, -Number.NaN, Infinity, -Infinity]) {
        for (const arm of ['distilled', 'twin']) {
          const spoiled = (of: (state: ArmState) => Record<string, Float32Array>) =>
            changed(good, (state) => of(state)[name].fill(value, 5, 6), arm);
          expect(isFiniteSnapshot(spoiled(({ parameters }) => parameters))).toBe(false);
          expect(isFiniteSnapshot(spoiled(({ moments }) => moments.first))).toBe(false);
          expect(isFiniteSnapshot(spoiled(({ moments }) => moments.second))).toBe(false);
        }
      }
      trainer.dispose();
    });

    it('taken up again is seen by operations that keep packed weights, too', async () => {
      const trainer = tinyTrainer([distilled]);
      const weight = 'bert.encoder.layer.0.output.dense.weight';
      const start = await trainer.takeSnapshot();
      // XNNPACK, behind tfjs's products on WASM, packs the second operand once for each tensor id.
      const product = async () => {
        const ones = tf.ones([1, 8]) as tf.Tensor2D;
        const parameter = armsOf(trainer)[0].parameters[weight] as tf.Tensor2D;
        return (await tf.tidy(() => tf.matMul(ones, parameter)).data()).slice();
      };
      const before = await product();
      trainer.restore(changed(start, ({ parameters }) => void parameters[weight].fill(2), 'distilled'));
      closeTo(await product(), new Array(before.length).fill(16), 1e-6);
      trainer.restore(null);
      expect(await product()).toEqual(before);
      // And an update, which changes them in place.
      await trained(trainer, 2);
      const values = (await trainer.takeSnapshot()).arms.distilled.parameters[weight];
      const columns = before.length;
      const sums = Array.from(before, (_, j) =>
        values.reduce((sum, value, i) => (i % columns === j ? sum + value : sum), 0),
      );
      closeTo(await product(), sums, 1e-5);
      trainer.dispose();
    });
  });

  describeOn(backend, 'reports', () => {
    it('of updates before a restore are not told after it', async () => {
      const trainer = tinyTrainer([twin]);
      const expected = await trained(tinyTrainer([twin]), 2);
      for (let i = 0; i < 5; i++) trainer.trainStep();
      trainer.restore(null);
      expect(await trainer.readPoints()).toEqual([]);
      expect(await trained(trainer, 2)).toEqual(expected);
      trainer.dispose();
    });

    it.each([64, 65, 130])(
      'of %i updates that nobody reads meanwhile are all told, each its own',
      async (count) => {
        const [unread, read] = [tinyTrainer([twin], { steps: 200 }), tinyTrainer([twin], { steps: 200 })];
        const expected = [];
        for (let i = 0; i < count; i++) expected.push(...(await trained(read, 1)));
        expect(await trained(unread, count)).toEqual(expected);
        for (const trainer of [unread, read]) trainer.dispose();
      },
    );

    it('tell where only the gradient, or only the sum of the losses, is no number', async () => {
      const arm: Arm = { ...twin, weights: { ...twin.weights, cos: 1 } };
      // Total, the slots, gradient norm.
      const [mlm, cos] = [1 + slotOf('mlm'), 1 + slotOf('cos')];
      const norm = 1 + slotCount;
      const good = new Array(slotCount + 2).fill(0).with(0, 3).with(mlm, 2).with(cos, 1).with(norm, 0.5);
      const next = async (row: number[]) => {
        const ring = new ReportRing([distilled, arm]);
        ring.note(1, 0.1, [distilled, arm]);
        for (const [index, values] of [good, row].entries()) {
          writeStored(ring.of(index), Float32Array.from(values), good.length * ring.slotOf(0));
        }
        return ring.read().finally(() => ring.dispose());
      };
      const [{ arms }] = await next(good);
      expect(arms.twin).toEqual({ total: 3, terms: { mlm: 2, cos: 1 }, gradientNorm: 0.5 });
      const gradient = { problem: { code: 'gradientNotFinite', values: { step: 1, arm: 'twin' } } };
      const loss = { problem: { code: 'lossNotFinite', values: { step: 1, arm: 'twin', term: 'cos' } } };
      for (const value of [Number.NaN, Infinity, -Infinity]) {
        await expect(next(good.with(norm, value))).rejects.toMatchObject(gradient);
        await expect(next(good.with(0, value))).rejects.toMatchObject(gradient);
        await expect(next(good.with(cos, value).with(norm, value))).rejects.toMatchObject(loss);
      }
    });
  });
}

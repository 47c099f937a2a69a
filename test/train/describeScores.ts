import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { teacherModel } from '../../src/config/modelIds';
import type { BackendName } from '../../src/config/results';
import { measureCurves, sizesToTime } from '../../src/train/latencyCurves';
import { binCount } from '../../src/train/reliability';
import { describeOn } from '../support/backends';
import { copyOfTeacher, distilled, tinyTrainer, trained, twin } from './tinyExperiment';

const pause = async () => {};

export function describeScores(backend: BackendName) {
  describeOn(backend, 'calibration on held-out text', () => {
    it('splits all places in two, and at T = 1 has the accuracy and loss of the evaluation', async () => {
      const trainer = tinyTrainer([distilled, copyOfTeacher]);
      await trained(trainer, 2);
      const { numTensors } = tf.memory();
      const shares: number[] = [];
      const found = await trainer.calibrate(async (share) => void shares.push(share));
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(found).toMatchObject({ step: 2, whole: true });
      expect(Object.keys(found.models)).toEqual([teacherModel, 'distilled', 'copy']);
      const full = await trainer.evaluate('full', pause);
      expect(found.fitted + found.places).toBe(full.maskedWords);
      expect(Math.abs(found.fitted - found.places)).toBeLessThan(0.3 * full.maskedWords);
      for (const { asItIs, atBest, temperature } of Object.values(found.models)) {
        expect(temperature).toBeGreaterThan(0);
        for (const one of [asItIs, atBest]) {
          expect(one.bins).toHaveLength(binCount);
          expect(one.bins.reduce((sum, { count }) => sum + count, 0)).toBe(found.places);
          expect(one.accuracy).toBe(asItIs.accuracy);
        }
      }
      // Another half than the whole, but the same kind of text.
      expect(found.models.distilled.asItIs.loss).toBeCloseTo(full.arms.distilled.loss, 0);
      trainer.dispose();
    });

    it('is the same of equal models, and of the same state on any call', async () => {
      const trainer = tinyTrainer([distilled, { ...distilled, id: 'again' }]);
      const first = await trainer.calibrate(pause);
      expect(first.models.again).toEqual(first.models.distilled);
      expect(await trainer.calibrate(pause)).toEqual(first);
      trainer.dispose();
    });

    it('ends where a pause ends it, and leaves nothing on the device', async () => {
      const trainer = tinyTrainer([distilled]);
      const { numTensors } = tf.memory();
      const stopped = trainer.calibrate(() => Promise.reject(new Error('enough')));
      await expect(stopped).rejects.toThrow('enough');
      expect(tf.memory().numTensors).toBe(numTensors);
      trainer.dispose();
    });
  });

  describeOn(backend, 'how the time of a forward pass grows', () => {
    it('has a median for each size, the same sizes for all, and one curve for models of one shape', async () => {
      const trainer = tinyTrainer([distilled, twin]);
      const { numTensors } = tf.memory();
      const shares: number[] = [];
      const { models, length, batchSize, leftOut } = await trainer.measureCurves(
        async (share) => void shares.push(share),
      );
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThanOrEqual(1);
      expect([length, batchSize]).toEqual([16, 8]);
      expect(Object.keys(models)).toEqual([teacherModel, 'distilled', 'twin']);
      expect(models.twin).toEqual(models.distilled);
      for (const { points, flops } of Object.values(models)) {
        expect(flops).toBeGreaterThan(0);
        const sizes = points.map(({ batchSize, length }) => ({ batchSize, length }));
        expect([...sizes, ...leftOut]).toEqual(sizesToTime(16, 16));
        for (const { ms, middle, runs } of points) {
          expect(runs).toBeGreaterThanOrEqual(3);
          expect(middle[0]).toBeLessThanOrEqual(ms);
          expect(middle[1]).toBeGreaterThanOrEqual(ms);
        }
      }
      expect(models[teacherModel].flops).toBeGreaterThan(models.distilled.flops);
      trainer.dispose();
    });

    it('leaves out sizes that would take too long, and never the smallest; ends where it is ended', async () => {
      const trainer = tinyTrainer([distilled]);
      const { models } = trainer as unknown as { models: () => Parameters<typeof measureCurves>[0] };
      const of = models.call(trainer);
      // Each look at the clock is a second later.
      let seconds = 0;
      const slow = () => 1000 * seconds++;
      const { leftOut, models: found } = await measureCurves(
        of,
        { length: 16, longest: 16, pairs: false },
        pause,
        slow,
      );
      expect(leftOut.length).toBeGreaterThan(0);
      expect(found.distilled.points.length).toBeGreaterThanOrEqual(4);
      expect(found.distilled.points[0]).toMatchObject({ batchSize: 1, length: 16 });
      const { numTensors } = tf.memory();
      const stopped = trainer.measureCurves((share) =>
        share > 0.5 ? Promise.reject(new Error('enough')) : Promise.resolve(),
      );
      await expect(stopped).rejects.toThrow('enough');
      expect(tf.memory().numTensors).toBe(numTensors);
      trainer.dispose();
    });
  });
}

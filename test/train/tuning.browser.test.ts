import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DeviceLost } from '../../src/kernels/backends/errors';
import { timePrograms } from '../../src/kernels/backends/timePrograms';
import { traitsOf } from '../../src/kernels/backends/webgpu';
import { internalsOf } from '../../src/kernels/backends/webgpuInternals';
import { matMulKernel } from '../../src/kernels/matMul/kernel';
import { matMulDefaults } from '../../src/kernels/matMul/reference';
import { defaultVariants, matMulVariants } from '../../src/kernels/matMul/variants';
import { applyTuning, readTuning, type Tuning, tuningOf } from '../../src/train/backends/tuning';
import { setUpBackend } from '../support/backends';
import { tinyTrainer, trained } from './tinyExperiment';

const hardware = () => ({ ...traitsOf(internalsOf(tf.backend()).device), software: false });

describe('the forms of products', () => {
  beforeAll(() => setUpBackend('webgpu'));

  it('are timed on the device', async () => {
    const shapes = { a: [64, 32], b: [32, 16] };
    const programs = matMulKernel.gpu(shapes, matMulDefaults, hardware());
    const ms = await timePrograms(programs, shapes, [[64, 16]]);
    expect(ms).toBeGreaterThan(0);
    expect(ms).toBeLessThan(1000);
  });

  it('that the device refuses are told to whoever times them, and to nobody else', async () => {
    const shapes = { a: [64, 32], b: [32, 16] };
    const [program] = matMulKernel.gpu(shapes, matMulDefaults, hardware());
    const broken = { ...program, code: `${program.code} fn broken() -> f32 { return true; }` };
    await expect(timePrograms([broken], shapes, [[64, 16]])).rejects.toThrow();
  });

  it('are kept as plain data, and others than ours are not taken', () => {
    const usual = defaultVariants(hardware());
    expect(readTuning(JSON.parse(JSON.stringify(usual)))).toEqual(usual);
    expect(readTuning(null)).toBeNull();
    expect(readTuning({ ...usual, small: { kind: 'magic' } })).toBeNull();
    expect(readTuning({ small: usual.small })).toBeNull();
  });

  it('are measured once for a GPU, and known ones are taken', async () => {
    const kept = defaultVariants(hardware());
    const save = vi.fn(async () => {});
    expect(await tuningOf('a gpu', { load: async () => kept, save })).toEqual(kept);
    expect(save).not.toHaveBeenCalled();
    // On an emulated GPU the real timing takes minutes.
    let asked = 0;
    const time = async () => 1 / ++asked;
    const older = async () => 'what an older version kept';
    const measured = await tuningOf('a gpu', { load: older, save }, time);
    expect(asked).toBeGreaterThan(5);
    expect(measured).not.toEqual(kept);
    expect(readTuning(measured)).toEqual(measured);
    expect(save).toHaveBeenCalledWith('a gpu', measured);
    const broken = { load: () => Promise.reject(), save: () => Promise.reject() };
    expect(readTuning(await tuningOf('a gpu', broken, time))).not.toBeNull();
  });

  it('all train alike', async () => {
    const course = async (tuning: Tuning | null) => {
      applyTuning(tuning);
      expect(matMulVariants(hardware())).toEqual(tuning ?? defaultVariants(hardware()));
      const trainer = tinyTrainer();
      await trainer.prepare();
      const points = await trained(trainer, 3);
      trainer.dispose();
      return points.map(({ arms }) => arms.distilled.total);
    };
    const emulated = await course(null);
    const shared = await course(defaultVariants(hardware()));
    applyTuning(null);
    shared.forEach((loss, i) => {
      expect(Math.abs(loss - emulated[i])).toBeLessThan(1e-4 * emulated[i]);
    });
  });

  it('are not kept where the device was lost meanwhile', async () => {
    const save = vi.fn(async () => {});
    internalsOf(tf.backend()).device.destroy();
    await expect(tuningOf('a gpu', { load: async () => null, save })).rejects.toThrow(DeviceLost);
    expect(save).not.toHaveBeenCalled();
  });
});

import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { internalsOf } from '../../src/kernels/backends/webgpuInternals';
import { RecordedStep } from '../../src/train/recordedStep';
import type { Trainer } from '../../src/train/trainer';
import { setUpBackend } from '../support/backends';
import { armSettings, distilled, learningRate, tinyTrainer, trained, twin } from './tinyExperiment';

const patience = 600_000;

async function prepared(trainer: Trainer) {
  await trainer.prepare({ onRefusal: ({ values }) => expect.unreachable(String(values?.message)) });
  expect(trainer.isRecorded).toBe(true);
  return trainer;
}

/** Runs `steps` updates, read every ten. */
async function run(trainer: Trainer, steps: number) {
  const points = [];
  for (let done = 0; done < steps; done += 10) points.push(...(await trained(trainer, 10)));
  return points;
}

const everyTerm: Arm = {
  ...distilled,
  id: 'every',
  weights: { ce: 5, mlm: 2, cos: 1, mse: 0.1, attn: 1, embd: 1, hidn: 1 },
};

describe('a replayed step', () => {
  beforeAll(() => setUpBackend('webgpu'));

  it(
    'gives what the same operations give one by one, step for step over 200 steps',
    async () => {
      const arms = [everyTerm, twin, { ...distilled, id: 'shuffled', softTargets: 'shuffled' as const }];
      const changes = { steps: 200 };
      const recorded = await prepared(tinyTrainer(arms, changes));
      const single = tinyTrainer(arms, changes);
      const replayed = await run(recorded, 200);
      expect(replayed).toHaveLength(200);
      expect(replayed).toEqual(await run(single, 200));
      expect(single.isRecorded).toBe(false);
      expect(await recorded.takeSnapshot()).toEqual(await single.takeSnapshot());
      recorded.dispose();
      single.dispose();
    },
    patience,
  );

  it(
    'gives the same with accumulated batches, changed numbers and a restored snapshot on the way',
    async () => {
      const course = async (trainer: Trainer) => {
        const first = await trained(trainer, 3);
        const snapshot = await trainer.takeSnapshot();
        const weights = { ...everyTerm.weights, cos: 0, ce: 1 };
        trainer.adjust([learningRate(1e-3), ...armSettings(0, { temperature: 7, weights })]);
        const second = await trained(trainer, 3);
        trainer.restore(snapshot);
        return [...first, ...second, ...(await trained(trainer, 2))];
      };
      const settings = [[everyTerm], { accumulation: 2, weightDecay: 0.01 }] as const;
      const recorded = await prepared(tinyTrainer([...settings[0]], settings[1]));
      const single = tinyTrainer([...settings[0]], settings[1]);
      expect(await course(recorded)).toEqual(await course(single));
      expect(recorded.isRecorded).toBe(true);
      recorded.dispose();
      single.dispose();
    },
    patience,
  );

  it(
    'takes every number as it is set, and another recording only for a term that is new',
    async () => {
      const trainer = await prepared(tinyTrainer([distilled, twin]));
      const compiled = vi.fn();
      const next = async () => {
        await trainer.prepare({ onProgress: compiled });
        return (await trained(trainer, 1))[0];
      };
      await next();
      const others = { ...distilled.weights, ce: 0, cos: 3 };
      trainer.adjust([learningRate(1e-3), ...armSettings(0, { temperature: 16, weights: others })]);
      expect(Object.keys((await next()).arms.distilled.terms)).toEqual(['mlm', 'cos']);
      trainer.adjust(armSettings(0, { weights: { cos: 1, ...distilled.weights } }));
      expect(Object.keys((await next()).arms.distilled.terms)).toEqual(['ce', 'mlm', 'cos']);
      expect(compiled).not.toHaveBeenCalled();
      trainer.adjust(armSettings(0, { weights: { ...distilled.weights, attn: 1 } }));
      expect(Object.keys((await next()).arms.distilled.terms)).toEqual(['ce', 'mlm', 'cos', 'attn']);
      expect(compiled).toHaveBeenCalled();
      expect(trainer.isRecorded).toBe(true);
      trainer.dispose();
    },
    patience,
  );

  it(
    'makes no buffer, bind group or program, and leaves no tensor',
    async () => {
      const trainer = await prepared(tinyTrainer());
      await trained(trainer, 2);
      const { device } = internalsOf(tf.backend());
      const spies = (
        ['createBuffer', 'createBindGroup', 'createShaderModule', 'createComputePipeline'] as const
      ).map((name) => vi.spyOn(device, name));
      const submits = vi.spyOn(device.queue, 'submit');
      const { numTensors } = tf.memory();
      for (let i = 0; i < 5; i++) trainer.trainStep();
      for (const spy of spies) expect(spy).not.toHaveBeenCalled();
      expect(submits).toHaveBeenCalledTimes(5);
      expect(tf.memory().numTensors).toBe(numTensors);
      vi.restoreAllMocks();
      trainer.dispose();
    },
    patience,
  );

  it(
    'that cannot be recorded is computed operation by operation, and says why once',
    async () => {
      const onRefusal = vi.fn();
      const trainer = tinyTrainer([distilled]);
      const refused = vi.spyOn(RecordedStep.prototype, 'compile');
      refused.mockRejectedValue(new Error('no such feature'));
      await trainer.prepare({ onRefusal });
      await trainer.prepare({ onRefusal });
      vi.restoreAllMocks();
      expect(onRefusal).toHaveBeenCalledOnce();
      expect(onRefusal).toHaveBeenCalledWith({
        code: 'recordingFailed',
        values: { message: expect.stringContaining('no such feature') },
      });
      expect(trainer.isRecorded).toBe(false);
      const points = await trained(trainer, 2);
      const again = await prepared(tinyTrainer([distilled]));
      expect(await trained(again, 2)).toEqual(points);
      for (const one of [trainer, again]) one.dispose();
    },
    patience,
  );

  it(
    'gives all its memory back',
    async () => {
      const { device } = internalsOf(tf.backend());
      const live = new Set<GPUBuffer>();
      const create = device.createBuffer.bind(device);
      vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
        const buffer = create(descriptor);
        live.add(buffer);
        const destroy = buffer.destroy.bind(buffer);
        buffer.destroy = () => {
          live.delete(buffer);
          return destroy();
        };
        return buffer;
      });
      const course = async () => {
        const trainer = await prepared(tinyTrainer());
        await trained(trainer, 2);
        trainer.dispose();
        await tf.zeros([1]).data();
      };
      await course();
      const after = live.size;
      await course();
      expect(live.size).toBe(after);
      vi.restoreAllMocks();
    },
    patience,
  );
});

import { expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import type { BackendName, NumberSetting } from '../../src/config/results';
import type { TermId } from '../../src/methods/registry';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { distilled, trained } from '../train/tinyExperiment';
import { trainerOf } from './plans';

/** The types are made of the methods that the project has; the records that the tests run on have one more. */
const plan = { weights: { planted: 2, mlm: 1 }, dials: { plantedPull: 1.5 } };
export const plantedArm: Arm = {
  ...distilled,
  id: 'planted',
  ...(plan as unknown as Pick<Arm, 'weights' | 'dials'>),
};
const planted = 'planted' as TermId;
const pull = (value: number): NumberSetting => ({ path: 'arms.0.dials.plantedPull', value });

export function describePlanted(backend: BackendName) {
  describeOn(backend, 'a method that is planted', () => {
    it('is trained: its loss falls, its parameter moves, its schedule and its reading are told', async () => {
      const trainer = trainerOf(plantedArm, { warmup: 0, learningRate: 0.02 });
      const points = (await trained(trainer, 20)).map(({ arms }) => arms.planted);
      expect(Object.keys(points[0].terms)).toEqual(expect.arrayContaining(['mlm', 'planted']));
      const { total, terms } = points[0];
      closeTo([total], [2 * terms[planted]! + terms.mlm!], 1e-5);
      expect(points[19].terms[planted]).toBeLessThan(points[0].terms[planted]!);
      const readings = points.map(({ readings }) => readings as Record<string, number>);
      closeTo(
        readings.map(({ plantedRise }) => plantedRise),
        readings.map((_, step) => 0.5 + step / 100),
        1e-6,
      );
      expect(readings[0].plantedScale).toBe(2);
      expect(new Set(readings.map(({ plantedScale }) => plantedScale)).size).toBe(20);
      const { parameters } = (await trainer.takeSnapshot()).arms.planted;
      expect(parameters['planted.scale']).toHaveLength(1);
      trainer.dispose();
    });

    it('takes its dial at the very next update, and is evaluated on held-out text', async () => {
      const course = async (settings: NumberSetting[]) => {
        const trainer = trainerOf(plantedArm, { warmup: 0 });
        await trained(trainer, 1);
        trainer.adjust(settings);
        const [{ arms }] = await trained(trainer, 1);
        const { losses } = (await trainer.evaluate('sample', async () => {})).arms.planted;
        trainer.dispose();
        return [arms.planted.terms[planted]!, losses.terms[planted]!];
      };
      const [before, after] = [await course([pull(1.5)]), await course([pull(4)])];
      for (const [i, loss] of after.entries()) expect(Math.abs(loss / before[i] - 1)).toBeGreaterThan(0.1);
    });

    it('is computed by its choice', async () => {
      const lossBy = async (choices: object) => {
        const trainer = trainerOf({ ...plantedArm, choices });
        const [{ arms }] = await trained(trainer, 1);
        trainer.dispose();
        return arms.planted.terms[planted]!;
      };
      const [squared, absolute] = [await lossBy({}), await lossBy({ plantedWay: 'absolute' })];
      expect(await lossBy({ plantedWay: 'squared' })).toBe(squared);
      expect(Math.abs(absolute / squared - 1)).toBeGreaterThan(0.05);
    });
  });
}

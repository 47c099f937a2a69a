/** Every method through the real trainer: backends agree, a snapshot goes on to the bit, schedules and draws included. */
import { describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import { termsOf } from '../../src/config/objective';
import type { StepPoint } from '../../src/config/results';
import { methodIds, methodOf } from '../../src/methods/registry';
import { describeOn, setUpBackend } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { trained } from '../train/tinyExperiment';
import { armsOfMethods, trainerOf } from './plans';

const pause = async () => {};
const numbersOf = (points: StepPoint[], { id }: Arm) =>
  points.flatMap(({ arms }) => {
    const { total, gradientNorm, terms, readings = {} } = arms[id];
    return [total, gradientNorm!, ...Object.values(terms), ...Object.values(readings)];
  });

it('every term and every replacement has an arm here', () => {
  const terms = new Set<string>(armsOfMethods.flatMap(termsOf));
  const untrained = methodIds
    .flatMap((id) => Object.keys(methodOf(id).terms))
    .filter((term) => !terms.has(term));
  expect(untrained).toEqual([]);
  const replacing = methodIds.filter((id) => methodOf(id).replacement);
  expect(
    replacing.filter((id) => !armsOfMethods.some((arm) => methodOf(id).replacement!.active(arm))),
  ).toEqual([]);
});

describe('WASM and plain JavaScript', () => {
  it.each(armsOfMethods)('train alike: $id', async (arm) => {
    const course = async (backend: 'wasm' | 'cpu') => {
      await setUpBackend(backend);
      const trainer = trainerOf(arm, { warmup: 0 });
      const points = numbersOf(await trained(trainer, 4), arm);
      const { losses } = (await trainer.evaluate('sample', pause)).arms[arm.id];
      trainer.dispose();
      return { points, heldOut: [losses.total, ...Object.values(losses.terms)] };
    };
    const [wasm, cpu] = [await course('wasm'), await course('cpu')];
    closeTo(wasm.points, cpu.points, 1e-4);
    closeTo(wasm.heldOut, cpu.heldOut, 1e-4);
  });
});

describeOn('wasm', 'a run of a method', () => {
  it.each(armsOfMethods)('goes on from a snapshot as if nothing had happened: $id', async (arm) => {
    const changes = { accumulation: 2, warmup: 0, steps: 12 };
    const whole = trainerOf(arm, changes);
    const before = await trained(whole, 5);
    const snapshot = await whole.takeSnapshot();
    const evaluated = await whole.evaluate('sample', pause);
    const after = await trained(whole, 7);

    const resumed = trainerOf(arm, changes);
    resumed.restore(structuredClone(snapshot));
    expect(await resumed.evaluate('sample', pause)).toEqual(evaluated);
    expect(await trained(resumed, 7)).toEqual(after);
    expect(await resumed.takeSnapshot()).toEqual(await whole.takeSnapshot());

    whole.restore(snapshot);
    expect(await whole.evaluate('sample', pause)).toEqual(evaluated);
    expect(await trained(whole, 7)).toEqual(after);
    whole.restore(null);
    expect(await trained(whole, 5)).toEqual(before);
    for (const trainer of [whole, resumed]) trainer.dispose();
  });

  it('draws gates for every batch, layers for every epoch, and learns T', async () => {
    const readings = async (id: string, name: string) => {
      const arm = armsOfMethods.find((one) => one.id === id)!;
      const trainer = trainerOf(arm, { warmup: 0 });
      const points = await trained(trainer, 50);
      trainer.dispose();
      return points.map(({ arms }) => arms[id].readings![name as keyof (typeof arms)[string]['readings']]);
    };
    const replaced = await readings('theseus', 'replacing');
    closeTo(
      replaced,
      replaced.map((_, step) => Math.min(1, 0.3 + (0.7 * (step / 50)) / 0.8)),
      1e-6,
    );
    const phi = await readings('annealing', 'phi');
    closeTo(
      phi,
      phi.map((_, step) => Math.min(4, Math.floor((Math.min(25, step) / 25) * 4) + 1) / 4),
      1e-6,
    );
    const learned = await readings('ctkd', 'learnedT');
    closeTo([learned[0]], [1 + 20 / (1 + Math.exp(-1))], 1e-6);
    expect(new Set(learned).size).toBeGreaterThan(40);
    closeTo(
      (await readings('ctkd', 'reversal')).slice(0, 6),
      [0, -0.0954915, -0.3454915, -0.6545085, -0.9045085, -1],
      1e-5,
    );
  });
});

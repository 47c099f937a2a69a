/**
 * Experiments of version 1 go on as they began: golden/firstLosses.json. Twenty updates of the smallest preset and five
 * of the others; with ALL_FIRST_LOSSES set, twenty of each (half a minute).
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { everyPreset } from '../../src/config/presets';
import type { ArmLosses } from '../../src/config/results';
import { upgrade } from '../../src/config/upgrade';
import { type FirstLosses, firstLosses, type RecordedLosses, thisEngine } from '../golden/firstLosses';
import { setUpBackend } from '../support/backends';

const text = readFileSync(new URL('../golden/firstLosses.json', import.meta.url), 'utf8');
const golden: FirstLosses = JSON.parse(text);
const stepsOf = (preset: string) => (preset === 'tiny' || process.env.ALL_FIRST_LOSSES ? 20 : 5);

/** An experiment of version 1 as it is today. */
const opened = (experiment: unknown): Experiment => upgrade(experiment);

/**
 * Total, gradient norm and terms by the names of version 1, whatever they are called since. `embd` was part of `hidn`:
 * a sum that is made on the host may differ in its last bit, so it is never asked bit for bit.
 */
function asRecorded({ total, gradientNorm, terms }: Pick<ArmLosses, 'total' | 'gradientNorm' | 'terms'>) {
  const { embd, hidn, ...others }: Record<string, number> = terms;
  const named = hidn === undefined && embd === undefined ? {} : { hidn: (embd ?? 0) + (hidn ?? 0) };
  return { total, gradientNorm, ...others, ...named } as Record<string, number>;
}

/** Asserts that an arm's losses are the recorded ones: float32 for float32 where `exact`, to 1e-6 of each elsewhere. */
function expectRecorded(losses: ArmLosses, recorded: RecordedLosses, exact: boolean, what: string) {
  const [actual, expected] = [asRecorded(losses), asRecorded(recorded)];
  expect(Object.keys(actual).sort(), what).toEqual(Object.keys(expected).sort());
  const isSum = 'embd' in losses.terms;
  for (const [name, value] of Object.entries(expected)) {
    if (exact && !(name === 'hidn' && isSum))
      expect(actual[name], `${what}, ${name}`).toBe(Math.fround(value));
    else expect(Math.abs(actual[name] / value - 1), `${what}, ${name}`).toBeLessThan(1e-6);
  }
}

describe('the first losses of an experiment of version 1', () => {
  let exact = false;
  beforeAll(async () => {
    await setUpBackend('wasm');
    const engine = await thisEngine();
    exact = Object.entries(golden.engine).every(
      ([feature, value]) => value === engine[feature as keyof typeof engine],
    );
  });

  it.each(golden.presets)('are the recorded ones: $name', async ({ name, experiment, steps }) => {
    const losses = await firstLosses(opened(experiment), stepsOf(name));
    expect(losses).toHaveLength(stepsOf(name));
    for (const [i, arms] of losses.entries()) {
      expect(Object.keys(arms)).toEqual(Object.keys(steps[i]));
      for (const [id, one] of Object.entries(arms)) {
        expectRecorded(one, steps[i][id], exact, `${name}, arm ${id}, update ${i + 1}`);
      }
    }
  });
});

it('every preset of version 1 is still what its name says in a link', () => {
  expect(golden.presets.map(({ name }) => name)).toEqual(expect.arrayContaining(['distilbert', 'tinybert']));
  for (const { name, experiment } of golden.presets)
    expect(opened(experiment)).toEqual(everyPreset().get(name));
});

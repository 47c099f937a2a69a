/**
 * Writes test/golden/firstLosses.json: the first losses of every preset, on WASM.
 *
 *     npx tsx tools/golden/firstLosses.ts
 *
 * The file holds what commit bca393c computed and later ones must still compute. Made again, it would agree with
 * whatever went wrong since: only a preset that is new is a reason, and then only its entry may change.
 */
import { writeFileSync } from 'node:fs';
import { presetNames, presets } from '../../src/config/presets';
import type { ArmLosses } from '../../src/config/results';
import { startBackend } from '../../src/train/backends/choose';
import {
  type FirstLosses,
  firstLosses,
  type RecordedLosses,
  type RecordedPreset,
  thisEngine,
} from '../../test/golden/firstLosses';

const steps = 20;

/** The fewest digits that give back a float32. */
function short(value: number): number {
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  throw new Error(`${value} is no float32.`);
}

const recorded = ({ total, gradientNorm, terms }: ArmLosses): RecordedLosses => ({
  total: short(total),
  gradientNorm: short(gradientNorm!),
  terms: Object.fromEntries(Object.entries(terms).map(([term, value]) => [term, short(value)])),
});

await startBackend({ forced: 'wasm', onLost() {}, onError() {}, tunings: null, wasmPaths: null });
const all: RecordedPreset[] = [];
for (const name of presetNames) {
  const begun = performance.now();
  const losses = await firstLosses(presets[name], steps);
  console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  all.push({
    name,
    experiment: presets[name],
    steps: losses.map((arms) =>
      Object.fromEntries(Object.entries(arms).map(([id, one]) => [id, recorded(one)])),
    ),
  });
}
const content: FirstLosses = { engine: await thisEngine(), presets: all };
const file = new URL('../../test/golden/firstLosses.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(content)}\n`);

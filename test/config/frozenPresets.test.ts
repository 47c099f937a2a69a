/**
 * Presets are frozen: a link holds what differs from a version of one, so that a version that changed would change what
 * people have kept. `ADD_PRESETS=1 npx vitest run --project unit test/config/frozenPresets.test.ts` writes down those that
 * are not in test/golden/presets.json yet, and nothing else. One that was never released may be taken out of the file by
 * hand, and so be written down anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { everyPreset, presetLink, presetNames } from '../../src/config/presets';
import { written } from '../../src/config/upgrade';

const file = new URL('../golden/presets.json', import.meta.url);
const known: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
const present = new Map([...everyPreset()].map(([link, preset]) => [link, asJson(written(preset))]));

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

if (process.env.ADD_PRESETS) {
  for (const [link, preset] of present) known[link] ??= preset;
  const lines = Object.entries(known).map(([link, preset]) => `"${link}": ${JSON.stringify(preset)}`);
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);
}

it.each(Object.keys(known))('%s is what it was', (link) => {
  expect(present.get(link)).toEqual(known[link]);
});

it('every version of every preset is written down', () => {
  expect([...present.keys()].filter((link) => !Object.hasOwn(known, link))).toEqual([]);
});

it('the newest version of each is what its link opens', () => {
  for (const name of presetNames) expect(present.has(presetLink(name))).toBe(true);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import config from '../../vite.config';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** Ours that browsers run: not the command line, nor what becomes WebAssembly. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/\.as\.ts$/.test(name) && !name.startsWith('cli'),
);

/**
 * What came after the oldest browsers that we name, or with the last of them: the build translates syntax, not methods.
 * `findLast`, `Object.hasOwn`, `structuredClone` and `at` are older than all of them.
 */
const tooNew = [
  /\.(toSorted|toReversed|toSpliced)\(/,
  /\bArray\.fromAsync\b/,
  /\b(Object|Map)\.groupBy\b/,
  /\bPromise\.(withResolvers|try)\b/,
  /\bIterator\.(from|prototype)\b/,
  /\.(values|keys|entries)\(\)\s*\.(map|filter|take|drop|toArray|some|every|reduce|forEach|find)\(/,
  /\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  /\.(isWellFormed|toWellFormed)\(/,
  /\bAbortSignal\.any\b/,
  /\bURL\.(parse|canParse)\b/,
  /\bFloat16Array\b/,
  /\bMath\.(f16round|sumPrecise)\b/,
  /\bRegExp\.escape\b/,
  /\bUint8Array\.(fromBase64|fromHex)\b/,
  /\.transferToFixedLength\(/,
  /\bstartViewTransition\b/,
];

/** Comments may name them. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('what browsers must know to run the page', () => {
  it('is no newer than the build target, in our own code', () => {
    const found = files.flatMap((name) => {
      const text = code(readFileSync(join(src, name), 'utf8'));
      return tooNew.flatMap((pattern) => pattern.exec(text)?.[0] ?? []).map((use) => `${name}: ${use}`);
    });
    expect(files.length).toBeGreaterThan(200);
    expect(found).toEqual([]);
  });

  it('is asked for by the build, by start.js and in the words alike', () => {
    const { build } = config as { build: { target: string[] } };
    const words = readFileSync(join(src, 'i18n/en/start.ts'), 'utf8');
    const script = readFileSync(join(src, '../public/start.js'), 'utf8');
    const names: Record<string, string> = {
      chrome: 'Chrome',
      edge: 'Edge',
      firefox: 'Firefox',
      safari: 'Safari',
    };
    const browsers = build.target.filter((target) => !target.startsWith('es'));
    expect(browsers.length).toBe(4);
    for (const target of browsers) {
      const [, name, version] = /^([a-z]+)([\d.]+)$/.exec(target)!;
      expect(words).toMatch(new RegExp(`${names[name]}( or Edge)? ${version.replace('.', '\\.')}\\b`));
      expect(script).toMatch(new RegExp(`${names[name]}( and Edge)? ${version.replace('.', '\\.')}\\b`));
    }
  });
});

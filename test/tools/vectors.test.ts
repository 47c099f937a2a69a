/** The word vectors: what they are trained on and by, and those that are bundled. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseBundledVectors } from '../../src/augment/bundledVectors';
import { nearest, wordVectors } from '../../src/augment/wordVectors';
import { permutation, randomStream } from '../../src/data/random';
import { sentencesOf } from '../../src/data/sentences';
import { splitTexts, storiesOf } from '../../src/data/stories';
import { textKey } from '../../src/data/textKey';
import { centred } from '../../tools/vectors/centred';
import { cooccurrences, type GloveSettings, trainGlove, weightOf } from '../../tools/vectors/glove';
import { quality } from '../../tools/vectors/quality';
import { trainingText } from '../../tools/vectors/trainingText';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';

const folder = new URL('../../public/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const tasks = readdirSync(new URL('corpora/', folder)).filter((file) => file.endsWith('.tsv'));
const texts = ['stories.txt', 'everyday.txt'].map((file) => read(`corpora/${file}`));
const text = trainingText(
  texts,
  tasks.map((file) => read(`corpora/${file}`)),
);

describe('what the vectors learn from', () => {
  it('holds no sentence that is held out, in a text or in a task', () => {
    const heldOut = texts.flatMap((file) => splitTexts(storiesOf(file)).heldOut);
    const rows = tasks.flatMap((file) =>
      storiesOf(read(`corpora/${file}`)).flatMap((row) => row.split('\t').slice(1)),
    );
    const secret = new Set([...heldOut, ...rows].flatMap((one) => [one, ...sentencesOf(one)]).map(textKey));
    expect(secret.size).toBeGreaterThan(6000);
    expect(tasks.length).toBeGreaterThanOrEqual(4);

    // Not even inside a longer sentence, or over the border of two.
    const wordsOf = (key: string) => key.split(' ').filter((word) => /^[\p{L}\p{M}]+$/u.test(word));
    const sequences = new Set([...secret].map((key) => wordsOf(key).join(' ')));
    const lengths = [...new Set([...sequences].map((one) => one.split(' ').length))];
    const shown = lengths.filter((length) => length >= 5 && length <= 24);
    expect(shown.length).toBe(20);
    for (const run of text.runs) {
      for (let at = 0; at < run.length; at++) {
        for (const length of shown) {
          if (at + length <= run.length && sequences.has(run.slice(at, at + length).join(' '))) {
            expect.fail(run.slice(at, at + length).join(' '));
          }
        }
      }
    }
  });

  it('leaves out what it is told to, and lets nothing be near across the gap', () => {
    const lines = Array.from(
      { length: 20 },
      (_, i) => `Line ${'abcdefghijklmnopqrst'[i]} begins. Rain falls. It ends.`,
    );
    const made = trainingText([lines.join('\n')], ['wet\tRain, falls\nwet\tOther\tAnother']);
    expect(made.leftOut.taskSentences).toBe(18);
    // Those of the held-out lines are left out wherever else they are.
    expect(made.leftOut.heldOutTexts).toBe(18);
    expect(made.runs).toHaveLength(18);
    expect(made.runs[0]).toEqual(['line', 'a', 'begins']);
    expect(made.sentences).toBe(18);
  });
});

const settings: GloveSettings = {
  dimension: 2,
  window: 2,
  leastCount: 1,
  mostWeight: 2,
  exponent: 0.75,
  epochs: 1,
  learningRate: 0.05,
  directions: 0,
  seed: 7,
};

describe('GloVe', () => {
  it('counts a pair of words d apart 1 / d, to both sides, within a window and a run', () => {
    const runs = [['a', 'b', 'a', 'c'], ['c']];
    const { words, counts, rows, columns, values } = cooccurrences(runs, settings);
    expect(words).toEqual(['a', 'c', 'b']);
    expect(counts).toEqual([2, 2, 1]);
    const table = Object.fromEntries(
      [...values].map((value, i) => [words[rows[i]] + words[columns[i]], value]),
    );
    expect(table).toEqual({ aa: 1, ab: 2, ba: 2, ac: 1, ca: 1, bc: 0.5, cb: 0.5 });
  });

  it('leaves out rare words, whose places still count', () => {
    const { words, values } = cooccurrences([['a', 'b', 'a']], { ...settings, leastCount: 2 });
    expect(words).toEqual(['a']);
    expect([...values]).toEqual([1]);
  });

  it('weighs a pair by (x / x_max)^α, 1 at most', () => {
    const weigh = { mostWeight: 10, exponent: 0.75 };
    expect(weightOf(1, weigh)).toBeCloseTo(0.1 ** 0.75, 12);
    expect([weightOf(10, weigh), weightOf(1000, weigh)]).toEqual([1, 1]);
  });

  it('goes the way of AdaGrad on its objective, pair by pair', () => {
    const pairs = cooccurrences([['a', 'b', 'a', 'c', 'b', 'd']], settings);
    const { vectors, losses } = trainGlove(pairs, settings);

    // The same from the definition: the gradient of f (w·w̃ + b + b̃ - log x)² / 2 by finite differences.
    const { words, rows, columns, values } = pairs;
    const width = 3;
    const random = randomStream(7, 0, 'vectors');
    const state = Array.from({ length: 2 * words.length * width }, () => (random.next() - 0.5) / 2);
    const squares = state.map(() => 1);
    const lossOf = (p: number[], pair: number) => {
      const [w, c] = [rows[pair] * width, (words.length + columns[pair]) * width];
      const product = p[w] * p[c] + p[w + 1] * p[c + 1] + p[w + 2] + p[c + 2];
      return 0.5 * Math.min(1, (values[pair] / 2) ** 0.75) * (product - Math.log(values[pair])) ** 2;
    };
    let sum = 0;
    for (const pair of permutation(values.length, randomStream(7, 0, 'pairs'))) {
      sum += lossOf(state, pair);
      const gradient = state.map((value, i) => {
        const moved = (by: number) => lossOf(state.with(i, value + by), pair);
        return (moved(1e-5) - moved(-1e-5)) / 2e-5;
      });
      gradient.forEach((slope, i) => {
        state[i] -= (0.05 * slope) / Math.sqrt(squares[i]);
        squares[i] += slope * slope;
      });
    }
    const expected = words.flatMap((_, i) =>
      [0, 1].map((k) => state[i * width + k] + state[(words.length + i) * width + k]),
    );
    closeTo(vectors, expected, 1e-7);
    closeTo(losses, [sum / values.length], 1e-9);
  });

  it('gives the same for a seed, another for another, and a loss that falls', () => {
    const pairs = cooccurrences(text.runs.slice(0, 15), { window: 4, leastCount: 2 });
    const run = (seed: number) => trainGlove(pairs, { ...settings, dimension: 4, epochs: 3, seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1).vectors).not.toEqual(run(2).vectors);
    const { losses } = run(1);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
  });
});

it('the mean and the first directions are taken out, and nothing else', () => {
  const vectors = normals(40 * 4, 'centred').map((value, i) => (i % 4 === 2 ? 10 * value + 3 : value));
  const taken = centred(vectors, 4, 1);
  const sums = [0, 0, 0, 0];
  let [kept, before] = [0, 0];
  taken.forEach((value, i) => {
    sums[i % 4] += value;
    if (i % 4 === 2) kept += value ** 2;
    else before += value ** 2;
  });
  for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-9);
  // Nearly all of the third value went with the direction, the others stayed.
  expect(kept).toBeLessThan(0.05 * before);
  expect(before).toBeGreaterThan(80);
});

describe('the bundled vectors', () => {
  const words = read('vectors/words.txt');
  const bytes = new Uint8Array(readFileSync(new URL('vectors/vectors.bin', folder)));
  const vectors = parseBundledVectors(words, bytes.buffer);

  it('are of all words that the text has twice, the most frequent first', () => {
    expect(vectors.words).toEqual(cooccurrences(text.runs, { window: 0, leastCount: 2 }).words);
    expect(vectors.dimension).toBe(50);
    for (const word of ['movie', 'tv', 'baseball', 'mma', 'watched'])
      expect(vectors.index.has(word)).toBe(true);
  });

  it('know more of what belongs together than chance, as their card says', () => {
    const { oddOneOut, sameKind, chance } = quality(vectors);
    expect(oddOneOut).toBeGreaterThan(0.7);
    expect(sameKind).toBeGreaterThan(8 * chance);
    expect(read('vectors/README.md')).toContain(
      `| bundled | ${oddOneOut.toFixed(3)} | ${sameKind.toFixed(3)} |`,
    );
    const random = wordVectors(vectors.words, 50, normals(vectors.words.length * 50, 'no vectors'));
    expect(Math.abs(quality(random).oddOneOut - 0.25)).toBeLessThan(0.05);
    expect(nearest(vectors, 'sister', 15).map(({ word }) => word)).toContain('brother');
  });
});

import { describe, expect, it } from 'vitest';
import type { Choices } from '../../src/augment/candidates';
import { type Variant, variantsOf } from '../../src/augment/variants';
import { tinybertAugmentation } from '../../src/config/augmentation';
import { randomStream } from '../../src/data/random';
import { textKey } from '../../src/data/textKey';

/** Choices for words of a text, each with its candidates. */
function choicesOf(text: string, words: Record<string, string[]>): Choices {
  const places = Object.entries(words).map(([word, candidates]) => {
    const start = text.indexOf(word);
    return {
      start,
      end: start + word.length,
      word: word.toLowerCase(),
      pieces: [1],
      source: 'teacher' as const,
      candidates: candidates.map((one, i) => ({ word: one, score: 0.5 ** (i + 1) })),
    };
  });
  return { text, places: places.sort((a, b) => a.start - b.start) };
}

const choices = choicesOf('The Dog sees my cat today!', {
  Dog: ['hen', 'anna', 'dog'],
  sees: ['likes', 'drinks'],
  cat: ['milk', 'tea', 'water', 'cat'],
  today: [],
});
const draw = (seed: number, settings = tinybertAugmentation) =>
  variantsOf(choices, settings, randomStream(seed, 0, 'test'));

/** The text that a variant was made from. */
function undone({ text, exchanges }: Variant): string {
  let original = text;
  for (const { start, from, to } of [...exchanges].reverse()) {
    expect(original.slice(start, start + to.length)).toBe(to);
    original = original.slice(0, start) + from + original.slice(start + to.length);
  }
  return original;
}

describe('variants of a sentence', () => {
  it('tell what was exchanged, from what and where, by whom and how likely', () => {
    const { variants } = draw(1);
    expect(variants.length).toBeGreaterThan(5);
    for (const variant of variants) {
      expect(undone(variant)).toBe(choices.text);
      expect(variant.exchanges.length).toBeGreaterThan(0);
      for (const { place, from, to, source, score } of variant.exchanges) {
        const { word, candidates } = choices.places[place];
        expect(from.toLowerCase()).toBe(word);
        expect(candidates).toContainEqual({ word: to.toLowerCase(), score });
        expect(source).toBe('teacher');
      }
    }
  });

  it('have a capital where the word had one, and all else as it was', () => {
    const texts = [1, 2, 3].flatMap((seed) => draw(seed).variants.map(({ text }) => text));
    for (const text of texts) expect(text).toMatch(/^The (Dog|Hen|Anna) \w+ my \w+ today!$/);
    expect(texts.some((text) => text.startsWith('The Hen'))).toBe(true);
  });

  it('are all different and none of them the sentence; a try that repeats one is used up', () => {
    const { variants, counts } = draw(3, { ...tinybertAugmentation, tries: 50 });
    const keys = variants.map(({ text }) => textKey(text));
    expect(new Set([textKey(choices.text), ...keys]).size).toBe(1 + keys.length);
    expect(counts.tries).toBe(50);
    expect(counts.repeated).toBe(50 - variants.length);
    expect(counts.repeated).toBeGreaterThan(0);
  });

  it('are the same for a seed and others for another', () => {
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });

  it('are none at p = 0; at p = 1 every word takes a candidate', () => {
    const none = draw(1, { ...tinybertAugmentation, probability: 0 });
    expect(none.variants).toEqual([]);
    expect(none.counts).toMatchObject({ replaced: 0, changed: 0, repeated: 20 });
    const all = draw(1, { ...tinybertAugmentation, probability: 1 });
    // Three of the four words have candidates.
    expect(all.counts).toMatchObject({ eligible: 80, replaced: 60 });
    for (const { exchanges } of all.variants) expect(exchanges.some(({ place }) => place === 1)).toBe(true);
  });

  it('golden 20: change at most p_t of the words that may change, in expectation', () => {
    const sums = { eligible: 0, replaced: 0, changed: 0 };
    for (let seed = 0; seed < 500; seed++) {
      const { counts } = draw(seed);
      for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += counts[key];
    }
    const withCandidates = (sums.eligible * 3) / 4;
    // 30,000 draws: a standard deviation of 0.003.
    expect(Math.abs(sums.replaced / withCandidates - 0.4)).toBeLessThan(0.012);
    const expected = (0.4 * (2 / 3 + 1 + 3 / 4)) / 3;
    expect(Math.abs(sums.changed / withCandidates - expected)).toBeLessThan(0.012);
    expect(sums.changed / sums.eligible).toBeLessThan(0.4);
  });
});

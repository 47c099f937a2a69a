import { describe, expect, it, test } from 'vitest';
import { sentencesOf } from '../../src/data/sentences';
import { splitTexts } from '../../src/data/stories';
import { acceptableData, faultsIn } from '../../src/tasks/acceptable/acceptable';
import { ruleNames } from '../../src/tasks/acceptable/rules';
import { withS } from '../../src/tasks/acceptable/verbs';
import { tasks, texts } from './taskSamples';

const { train, heldOut } = tasks.acceptable;
const split = splitTexts(texts.stories);
const known = new Set(split.train.flatMap((text) => text.toLowerCase().match(/[a-z]+/g) ?? []));
const made = (sentence: string) => faultsIn(sentence, known).map(({ rule, wrong }) => `${rule}: ${wrong}`);

describe('acceptableData', () => {
  it.each([
    ['training', train, split.train, split.heldOut],
    ['held-out', heldOut, split.heldOut, split.train],
  ] as const)('takes %s rows from those texts alone', (_, rows, own, others) => {
    const [ours, theirs] = [own, others].map((part) => new Set(part.flatMap(sentencesOf)));
    const all = new Map(
      [...ours].flatMap((sentence) => faultsIn(sentence, known).map(({ wrong }) => [wrong, sentence])),
    );
    const sources = rows.map(({ label, a }) => {
      if (label === 0) expect(ours.has(a)).toBe(false);
      return label === 1 ? a : all.get(a);
    });
    for (const source of sources) {
      expect(ours.has(source!)).toBe(true);
      expect(theirs.has(source!)).toBe(false);
    }
    // No sentence is there right and wrong.
    expect(new Set(sources).size).toBe(rows.length);
  });

  it('gives the same rows every time, in an order that does not tell the label', () => {
    expect(acceptableData(texts.stories)).toEqual({ train, heldOut });
    const firsts = train.filter((_, i) => i % 2 === 0).filter(({ label }) => label === 1).length;
    expect(firsts / (train.length / 2)).toBeGreaterThan(0.45);
    expect(firsts / (train.length / 2)).toBeLessThan(0.55);
  });

  it('uses every rule, none for more than an eighth', () => {
    const sentences = split.train.flatMap(sentencesOf);
    const ruleOf = new Map(
      sentences.flatMap((s) => faultsIn(s, known).map(({ wrong, rule }) => [wrong, rule])),
    );
    const counts = new Map(ruleNames.map((rule) => [rule, 0]));
    const wrong = train.filter(({ label }) => label === 0);
    for (const { a } of wrong) counts.set(ruleOf.get(a)!, counts.get(ruleOf.get(a)!)! + 1);
    for (const [rule, count] of counts) {
      expect(count, rule).toBeGreaterThan(0);
      expect(count, rule).toBeLessThan(wrong.length / 8);
    }
  });
});

test('rules make these faults', () => {
  expect(made('Tom sat in the kitchen.')).toEqual([
    'determinerAfterNoun: Tom sat in kitchen the.',
    'prepositionAfterDeterminer: Tom sat the in kitchen.',
    'phraseBackwards: Tom sat kitchen the in.',
    'doubledWord: Tom sat in in the kitchen.',
    'doubledWord: Tom sat in the the kitchen.',
    'missingArticle: Tom sat in kitchen.',
  ]);
  expect(made('She wanted to see two dogs.')).toEqual([
    'toAfterVerb: She wanted see to two dogs.',
    'thirdForBase: She wanted to sees two dogs.',
    'singularAfterNumber: She wanted to see two dog.',
    'doubledWord: She wanted to to see two dogs.',
    'missingTo: She wanted see two dogs.',
  ]);
  expect(made('He was reading, and I did not go.')).toEqual([
    'notFirst: He was reading, and I not did go.',
    'agreement: He were reading, and I did not go.',
    'missingBe: He reading, and I did not go.',
  ]);
  expect(made('Can he eat an apple?')).toEqual(
    [
      'thirdForBase: Can he eats an apple?',
      'pastForBase: Can he ate an apple?',
      'pluralAfterArticle: Can he eat an apples?',
      'article: Can he eat a apple?',
      'determinerAfterNoun: Can he eat apple an?',
    ].sort((a, b) => order(a) - order(b)),
  );
});

const order = (line: string) => ruleNames.findIndex((rule) => line.startsWith(`${rule}:`));

test('what might still be right is left alone', () => {
  // "I were" after if, two nouns, a list after "there is", "had come" and "a glass to water".
  expect(made('If I was you.').join()).not.toContain('were');
  expect(made('Bread and milk.').filter((line) => !line.startsWith('doubled'))).toEqual([]);
  expect(made('There was a dog, a cat and a bird.').join()).not.toContain('were');
  expect(made('They had to come.').join()).not.toContain('had come');
  expect(made('A glass of water.').join()).not.toContain('glass to');
});

test('-s is spelled as it should be', () => {
  expect(['walk', 'carry', 'play', 'watch', 'go', 'box', 'kiss'].map(withS)).toEqual([
    'walks',
    'carries',
    'plays',
    'watches',
    'goes',
    'boxes',
    'kisses',
  ]);
});

import { describe, expect, test } from 'vitest';
import { readingOwnText, textsOf } from '../../src/data/ownText';
import { splitTexts } from '../../src/data/stories';
import { finish } from '../../src/data/work';
import { chinese, korean, stories } from './samples';

const utf8 = (text: string) => new TextEncoder().encode(text);
const long = (text: string) => text.repeat(Math.ceil(1100 / utf8(text).length));

describe('textsOf', () => {
  test('paragraphs at blank lines, their lines joined', () => {
    const paragraph = 'One line\nand the next.';
    const texts = textsOf(Array(40).fill(paragraph).join('\r\n \r\n'));
    expect(texts).toEqual(Array(40).fill('One line and the next.'));
  });

  test('lines where there are no blank ones', () => {
    expect(
      textsOf(
        stories
          .slice(0, 60)
          .filter((story) => story.length <= 800)
          .join('\n'),
      ),
    ).toEqual(stories.slice(0, 60).filter((story) => story.length <= 800));
  });

  test.each([
    ['sentences', long('The cat sat on the mat. ')],
    ['no sentence ends', long('words and more words ')],
    ['no spaces', long('ประเทศไทย')],
    ['Chinese', long(chinese.join(''))],
    ['Korean', long(korean.join(' '))],
    ['surrogate pairs', long('😀𠀀')],
  ])('one paragraph of the shortest length has two held-out texts: %s', (_, text) => {
    const texts = textsOf(text.trim());
    expect(splitTexts(texts).heldOut.length).toBeGreaterThanOrEqual(2);
    expect(texts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    expect(texts.some((part) => /\p{Surrogate}/u.test(part))).toBe(false);
  });

  test('a long paragraph is cut into texts of whole sentences', () => {
    const texts = textsOf(stories.slice(0, 200).join(' '));
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(800);
      expect(text).toMatch(/[.!?]["')]*$/);
    }
  });
});

describe('the layout of a text', () => {
  /** Phrases without final marks, all different. */
  const phrases = Array.from({ length: 200 }, (_, i) => `phrase ${i} of a list that has no final marks`);

  test('one blank line does not make one text of all lines', () => {
    expect(textsOf(phrases.join('\n'))).toEqual(phrases);
    expect(textsOf(['Collected by the class', '', ...phrases].join('\n'))).toEqual([
      'Collected by the class',
      ...phrases,
    ]);
  });

  test('a wrapped text keeps its sentences together, however long its paragraphs', () => {
    const sentence =
      'This sentence is longer than a line of the file, so that\nit ends in the middle of another line.';
    const paragraph = Array.from({ length: 12 }, (_, i) => `${i}: ${sentence}`).join(' ');
    const texts = textsOf([paragraph, paragraph, paragraph].join('\n\n'));
    for (const text of texts) expect(text).toMatch(/^\d+: This .* line\.$/);
  });

  test('millions of lines become no more texts than memory has room for', () => {
    const letters = Array.from({ length: 300_000 }, (_, i) => String.fromCharCode(97 + (i % 26)));
    const texts = textsOf(letters.join('\n'));
    expect(texts.length).toBeLessThanOrEqual(100_001);
    expect(texts.join('').replace(/ /g, '')).toBe(letters.join(''));
  });

  test('is never cut inside a surrogate pair', () => {
    for (let odd = 0; odd < 9; odd++) {
      const texts = textsOf(`${'a'.repeat(odd)}${'😀'.repeat(600)}`);
      expect(texts.length).toBeGreaterThan(20);
      expect(texts.some((part) => /\p{Surrogate}/u.test(part))).toBe(false);
    }
  });
});

describe('readingOwnText', () => {
  test('leaves out what was there before, in any case, so that nothing is both trained and tested on', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `Line number ${i % 40} of the text with repeats.`);
    lines[50] = lines[50].toUpperCase();
    const { texts, leftOut } = finish(readingOwnText(utf8(lines.join('\n'))));
    expect(leftOut).toEqual({ repeated: 20, controls: 0 });
    expect(texts).toEqual(lines.slice(0, 40));
    const { train, heldOut } = splitTexts(texts);
    expect(heldOut.filter((text) => train.includes(text))).toEqual([]);
  });
});

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

import { describe, expect, test } from 'vitest';
import { shortName, textId } from '../../src/data/textName';
import { stories } from './samples';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('textId', () => {
  test('sixteen hex digits, the same for the same bytes', () => {
    expect(textId(utf8('a'))).toMatch(/^[0-9a-f]{16}$/);
    expect(textId(utf8('hello world'))).toBe(textId(utf8('hello world')));
  });

  test('texts that differ have different ids', () => {
    const texts = stories.flatMap((story, i) => [story, `${story} `, `${i}`, story.slice(1)]);
    const distinct = new Set(texts);
    expect(new Set([...distinct].map((text) => textId(utf8(text)))).size).toBe(distinct.size);
  });
});

describe('shortName', () => {
  test('is never cut inside a character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(shortName(`${'a'.repeat(78)}${family}.txt`)).toBe('a'.repeat(78));
    expect(shortName(`${'a'.repeat(79)}😀`)).toBe('a'.repeat(79));
    expect(shortName('e\u0301'.repeat(50))).toBe('e\u0301'.repeat(40));
    expect(shortName('한국어.txt')).toBe('한국어.txt');
  });

  test('holds no half of a pair, whoever cut it before', () => {
    expect(shortName('a\ud83d')).toBe('a\ufffd');
  });
});

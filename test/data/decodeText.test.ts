import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textBytes } from '../../src/config/bounds';
import { ProblemError } from '../../src/config/problems';
import { decodeText, decodingText } from '../../src/data/decodeText';
import { finish } from '../../src/data/work';

const utf8 = (text: string) => new TextEncoder().encode(text);
const long = (text: string) => text.repeat(Math.ceil(1100 / utf8(text).length));

function problemIn(bytes: Uint8Array) {
  try {
    decodeText(bytes);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  return null;
}

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  view.setUint16(0, 0xfeff, little);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i + 2, text.charCodeAt(i), little);
  return new Uint8Array(view.buffer);
}

describe('decodeText', () => {
  test('UTF-8 with and without a byte-order mark', () => {
    const text = long('Grüße, 오늘은 비가 와요. ').trim();
    expect(decodeText(utf8(text))).toBe(text);
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8(text)))).toBe(text);
  });

  test.each([true, false])('UTF-16 with a byte-order mark, little endian: %s', (little) => {
    const text = long('Grüße, 오늘은 비가 와요.');
    expect(decodeText(utf16(text, little))).toBe(text);
  });

  test('what is wrong is said', () => {
    expect(problemIn(new Uint8Array())).toEqual({ code: 'textEmpty' });
    expect(problemIn(utf8(' \n'.repeat(2000)))).toEqual({ code: 'textEmpty' });
    expect(problemIn(utf8('A short text.'))).toEqual({
      code: 'textTooShort',
      values: { bytes: 13, least: 1024 },
    });
    expect(problemIn(utf8('a'.repeat(textBytes.min)))).toBeNull();
    expect(problemIn(new Uint8Array(textBytes.max + 1).fill(97))?.code).toBe('textTooLarge');
    expect(problemIn(new Uint8Array(2000))?.code).toBe('textBinary');
    expect(problemIn(Uint8Array.of(0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, ...utf8(long('x'))))?.code).toBe(
      'textBinary',
    );
    expect(problemIn(utf8(long('\u0001\u0002 a')))?.code).toBe('textBinary');
    const latin1 = Uint8Array.from(long('Grüße. '), (character) => character.charCodeAt(0));
    expect(problemIn(latin1)?.code).toBe('textNotUtf8');
  });

  test.each([true, false])('UTF-16 without a mark, by its zero bytes; little endian: %s', (little) => {
    for (const text of [
      long('Grüße aus Bern. '),
      long('오늘은 비가 와요.\n'),
      long('今天下雨了。我去学校。\n'),
    ]) {
      expect(decodeText(utf16(text, little).subarray(2))).toBe(text.trim());
    }
  });

  test('a stray NUL or control character is left out and counted', () => {
    const text = long('A text with a fault in it. ').trim();
    const faulty = `${text.slice(0, 400)}\0${text.slice(400, 900)}\u0001${text.slice(900)}`;
    expect(finish(decodingText(utf8(faulty)))).toEqual({ text, controls: 2, encoding: 'utf-8' });
    expect(problemIn(utf8(`${text}${'\0'.repeat(8)}`))?.code).toBe('textBinary');
  });

  test.each(['PK\u0003\u0004', '%PDF-1.7', 'GIF89a', '{\\rtf1'])('%j begins no text', (signature) => {
    expect(problemIn(utf8(signature + long('words that follow ')))?.code).toBe('textBinary');
  });

  test('a last character that was cut in two is left out', () => {
    const text = long('Ein Text mit Umlauten: äöü😀 ').trim();
    expect(decodeText(utf8(`${text}😀`).slice(0, -2))).toBe(text);
    expect(decodeText(utf16(`${text}😀`, true).slice(0, -2))).toBe(text);
    expect(decodeText(utf16(`${text}a`, true).slice(0, -1))).toBe(text);
  });

  test('10 MB are taken and one byte more is not, in UTF-8 and in UTF-16', () => {
    const most = textBytes.max;
    expect(decodeText(new Uint8Array(most).fill(97))).toHaveLength(most);
    const tooLarge = { code: 'textTooLarge', values: { bytes: most + 1, most } };
    expect(problemIn(new Uint8Array(most + 1).fill(97))).toEqual(tooLarge);
    // Two bytes in UTF-16 and three in UTF-8.
    const characters = Math.floor(most / 3);
    expect(problemIn(utf16('가'.repeat(characters), true))).toBeNull();
    const tooMany = { code: 'textTooLarge', values: { bytes: 3 * (characters + 1), most } };
    expect(problemIn(utf16('가'.repeat(characters + 1), true))).toEqual(tooMany);
  });

  test('any bytes give a text or a problem', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        problemIn(bytes);
      }),
    );
  });
});

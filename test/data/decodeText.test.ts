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

  test('any bytes give a text or a problem', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        problemIn(bytes);
      }),
    );
  });
});

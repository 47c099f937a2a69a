import { describe, expect, it } from 'vitest';
import { chunksOf, readVectorFile } from '../../src/augment/vectorFile';
import type { ProblemCode } from '../../src/config/problems';
import { closeTo } from '../support/closeTo';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** The bytes of a text in pieces of a length that cuts lines and characters. */
const inPieces = (text: string, length: number) => {
  const bytes = utf8(text);
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );
};

const glove = 'the 0.1 0.2 0.2\ncat 3 0 4\ncafé -1e-2 0 0\ndog 0 -5 0\n';

async function problemOf(text: string | Uint8Array, wanted = ['cat', 'dog'], options = {}) {
  try {
    await readVectorFile([text], wanted, options);
  } catch (error) {
    return (error as { problem?: { code: ProblemCode; values?: object } }).problem ?? error;
  }
  return null;
}

describe('a file of word vectors', () => {
  it.each([1, 7, 1000])('gives the wanted words at length 1, in pieces of %i bytes', async (length) => {
    const wanted = ['dog', 'café', 'cat', 'unicorn'];
    const { vectors, lines, missing, cut } = await readVectorFile(inPieces(glove, length), wanted);
    expect(vectors.words).toEqual(['cat', 'café', 'dog']);
    expect(vectors.dimension).toBe(3);
    const expected = [0.6, 0, 0.8, -1, 0, 0, 0, -1, 0];
    closeTo(vectors.data, expected, 1e-7);
    expect({ lines, missing, cut }).toEqual({ lines: 4, missing: 1, cut: false });
  });

  it('is read from a stream, and the stream is let go of', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(utf8(glove)),
      cancel: () => {
        cancelled = true;
      },
    });
    const { lines, cut } = await readVectorFile(chunksOf(stream), ['cat'], {
      mostBytes: 3 * utf8(glove).length,
    });
    expect({ lines, cut, cancelled }).toEqual({ lines: 12, cut: true, cancelled: true });
  });

  it.each([
    ['a header', `4 3\n${glove}`],
    ['a byte-order mark', `\ufeff${glove}`],
    ['lines that end as in Windows, and blanks before that', glove.replaceAll('\n', ' \r\n')],
    ['tabs', glove.replaceAll(' ', '\t')],
    ['no line end at its end', glove.trimEnd()],
    ['empty lines', glove.replaceAll('\n', '\n\n')],
    ['words with blanks in them', `${glove}. . . 1 2 3\nat name@site.org 1 2 3\n`],
  ])('may have %s', async (_, text) => {
    const { vectors } = await readVectorFile([text], ['cat', 'dog']);
    expect(vectors.words).toEqual(['cat', 'dog']);
    expect([...vectors.data].map((value) => value.toFixed(5))).toEqual(
      [0.6, 0, 0.8, 0, -1, 0].map((value) => value.toFixed(5)),
    );
  });

  it('takes a word as it is written before the same word in another case', async () => {
    const names = 'Anna 1 0\nCAT 1 0\ncat 0 1\nCat 1 0\ncat 1 0\n';
    const { vectors } = await readVectorFile([names], ['anna', 'cat']);
    expect(vectors.words).toEqual(['anna', 'cat']);
    expect([...vectors.data]).toEqual([1, 0, 0, 1]);
  });

  it('leaves out a word whose vector is 0, which points nowhere', async () => {
    const { vectors, missing } = await readVectorFile(['cat 0 0\ndog 0 2\n'], ['cat', 'dog']);
    expect(vectors.words).toEqual(['dog']);
    expect(missing).toBe(1);
  });

  it('keeps the length right where squares would overflow or vanish', async () => {
    const { vectors } = await readVectorFile(['cat 3e300 4e300\ndog 3e-300 -4e-300\n'], ['cat', 'dog']);
    closeTo(vectors.data, [0.6, 0.8, 0.6, -0.8], 1e-7);
  });

  it('is read up to a number of bytes, and the line in which that ends does not count', async () => {
    const end = glove.indexOf('dog') + 7;
    const { vectors, cut } = await readVectorFile([glove], ['cat', 'dog'], { mostBytes: end });
    expect(vectors.words).toEqual(['cat']);
    expect(cut).toBe(true);
  });

  it.each<[string, string, ProblemCode, object | undefined]>([
    [
      'a line that lacks a number',
      'a 1 2 3\ncat 1 2\n',
      'vectorsRagged',
      { line: 2, numbers: 2, expected: 3 },
    ],
    [
      'another width from the middle on',
      'a 1 2\nb 1 2 3\n',
      'vectorsRagged',
      { line: 2, numbers: 3, expected: 2 },
    ],
    [
      'a width that is not the header’s',
      '9 4\na 1 2 3\n',
      'vectorsRagged',
      { line: 2, numbers: 3, expected: 4 },
    ],
    ['a line of a word alone', 'a 1 2\ncat\n', 'vectorsRagged', { line: 2, numbers: 0, expected: 2 }],
    ['what is no number', 'a 1 2\ncat 1 x2\n', 'vectorsNotNumbers', { line: 2, value: 'x2' }],
    ['nan', 'a 1 2\ncat nan 1\n', 'vectorsNotNumbers', { line: 2, value: 'nan' }],
    [
      'no number in a word that nobody wants',
      'a 1 2\nb 1 --2\n',
      'vectorsNotNumbers',
      { line: 2, value: '--2' },
    ],
    ['an infinite number', 'a 1 2\ncat 1 1e999\n', 'vectorsNotNumbers', { line: 2, value: '1 1e999' }],
    ['one number a word', 'cat 1\ndog 2\n', 'vectorsTooWide', { dimension: 1, min: 2, max: 2048 }],
    ['a header of too many numbers', '2 5000\n', 'vectorsTooWide', { dimension: 5000, min: 2, max: 2048 }],
    ['no wanted word', 'a 1 2\nb 1 2\n', 'vectorsNoWords', { lines: 2 }],
    ['prose', 'Once upon a time there was a cat.\n', 'vectorsNotText', undefined],
    ['nothing', '', 'vectorsNotText', undefined],
    ['a line without an end', `cat ${'1'.repeat(70_000)}`, 'vectorsNotText', undefined],
    ['a packed file', 'PK\u0003\u0004\u0000\u0000rest', 'vectorsNotText', undefined],
  ])('is refused with a word for %s', async (_, text, code, values) => {
    expect(await problemOf(text)).toEqual({ code, values });
  });

  it('is refused where it asks for more memory than there is for it', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((word) => `${word} 1 2 3\n`);
    const words = ['a', 'b', 'c', 'd'];
    await expect(readVectorFile(rows, words, { mostNumbers: 9 })).rejects.toMatchObject({
      problem: { code: 'vectorsTooMany', values: { words: 3, dimension: 3 } },
    });
    const { vectors } = await readVectorFile(rows, ['a', 'c', 'd'], { mostNumbers: 9 });
    expect(vectors.words).toEqual(['a', 'c', 'd']);
  });

  it('tells how far it is, and can be called off between two breaths', async () => {
    const line = `word${' 0.5'.repeat(50)}\n`;
    const text = `cat${' 1'.repeat(50)}\n${line.repeat(50_000)}`;
    const told: number[] = [];
    let at = 0;
    const pacing = { now: () => (at += 50), breathe: async () => {} };
    await readVectorFile(inPieces(text, 1_000_000), ['cat'], {
      bytes: text.length,
      onProgress: (share) => told.push(share),
      ...pacing,
    });
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeGreaterThan(0.9);
    expect(told.at(-1)).toBeLessThanOrEqual(1);

    const stop = new AbortController();
    const reading = readVectorFile(inPieces(text, 1_000_000), ['cat'], {
      ...pacing,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});

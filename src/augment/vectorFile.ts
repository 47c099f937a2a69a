/**
 * Word vectors in the usual text form, `word v1 v2 … vd` a line, as GloVe, word2vec and fastText write them (the latter
 * two with a first line `words dimension`). The file may be far larger than memory: it is read as a stream, and only
 * the words that are wanted are kept.
 */
import { ProblemError } from '../config/problems';
import { part, type Slices, Work, type WorkOptions } from '../data/work';
import { type WordVectors, wordVectors } from './wordVectors';

export interface VectorFileOptions extends WorkOptions {
  /** Bytes of the file, for the progress; null where nobody knows. */
  bytes?: number | null;
  /** Bytes that are read at most. Such files begin with the most frequent words, so that little is lost beyond. */
  mostBytes?: number;
  /** Numbers that are kept at most. */
  mostNumbers?: number;
}

export interface VectorFile {
  /** The wanted words that the file has, in its order. */
  vectors: WordVectors;
  /** Lines with a word. */
  lines: number;
  /** Wanted words that it does not have, or whose vector is 0. */
  missing: number;
  /** True where the file goes on beyond `mostBytes`. */
  cut: boolean;
}

export const vectorFileBounds = {
  /** As much as the largest that is in use, and an hour's reading on a slow machine. */
  bytes: 8 * 1024 ** 3,
  dimension: { min: 2, max: 2048 },
  /** Numbers that are kept: at most 128 MiB while they are read. */
  numbers: 16 * 1024 ** 2,
  /** Characters of a line: a word and 2,048 numbers are far fewer. */
  line: 65_536,
};

/**
 * The vectors of `wanted` in a file, of length 1. A word is taken as it is written; where only another case of it is
 * there (`Anna` for `anna`), that is taken.
 * @param chunks the file's bytes as UTF-8, or its text, in pieces of any length
 * @throws ProblemError vectorsNotText (binary, packed, or nothing like it); vectorsRagged (a line with fewer or more
 * numbers than those before it); vectorsNotNumbers; vectorsTooWide; vectorsNoWords (none that is wanted);
 * vectorsTooMany (more than is kept in memory); cancelled
 */
export async function readVectorFile(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  wanted: Iterable<string>,
  {
    bytes = null,
    mostBytes = vectorFileBounds.bytes,
    mostNumbers = vectorFileBounds.numbers,
    ...options
  }: VectorFileOptions = {},
): Promise<VectorFile> {
  const work = new Work(options);
  const reader = new LineReader(new Set(wanted), mostNumbers);
  const decoder = new TextDecoder();
  let read = 0;
  let cut = false;
  let waiting = '';
  let done = 0;
  const takeIn = async () => {
    const [from, to] = [done, read].map((count) => (bytes ? Math.min(1, count / bytes) : 0));
    await work.run(part(reader.reading(waiting), from, to));
    waiting = '';
    done = read;
  };
  for await (const chunk of chunks) {
    const room = mostBytes - read;
    cut = chunk.length > room;
    const piece = cut ? chunk.slice(0, room) : chunk;
    waiting += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    read += piece.length;
    if (waiting.length >= atOnce) await takeIn();
    if (cut) break;
  }
  await takeIn();
  // The last line of a file that was cut is half a line.
  return { ...reader.finish(!cut), cut };
}

/** The chunks of a stream; Safari's streams are not iterable. Whoever stops early lets go of the file. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

const header = /^\d+ \d+$/;
const numbers = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?(?: |$))+$/i;
const number = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no text has them
const control = /[\0-\x08\x0e-\x1f]/;

/** Lines of a slice, and characters that are taken in at once: enough to take longer than the pause between breaths. */
const linesOfSlice = 64;
const atOnce = 1_048_576;

class LineReader {
  private rest = '';
  private line = 0;
  private lines = 0;
  /** Numbers of a line; 0 before the first. */
  private dimension = 0;
  private readonly values: number[] = [];
  private readonly words: string[] = [];
  private readonly places = new Map<string, number>();
  /** Words that were found in another case only. */
  private readonly inOtherCase = new Set<string>();

  constructor(
    private readonly wanted: ReadonlySet<string>,
    private readonly mostNumbers: number,
  ) {}

  /** Takes a piece of the file. */
  *reading(text: string): Slices<void> {
    if (control.test(text)) throw new ProblemError('vectorsNotText');
    const piece = this.rest + text;
    let start = 0;
    for (let count = 0; ; count++) {
      const end = piece.indexOf('\n', start);
      if (end < 0) break;
      this.take(piece.slice(start, end));
      start = end + 1;
      if (count % linesOfSlice === 0) yield start / piece.length;
    }
    this.rest = piece.slice(start);
    if (this.rest.length > vectorFileBounds.line) throw new ProblemError('vectorsNotText');
  }

  finish(whole: boolean): Omit<VectorFile, 'cut'> {
    if (whole) this.take(this.rest);
    if (this.lines === 0) throw new ProblemError('vectorsNotText');
    const { words, dimension } = this;
    if (words.length === 0) throw new ProblemError('vectorsNoWords', { lines: this.lines });
    return {
      vectors: wordVectors(words, dimension, this.values),
      lines: this.lines,
      missing: this.wanted.size - words.length,
    };
  }

  private take(raw: string) {
    this.line += 1;
    const line = raw
      .replace(/^\ufeff/, '')
      .replace(/[ \t\r]+$/, '')
      .replaceAll('\t', ' ');
    if (line === '') return;
    if (line.length > vectorFileBounds.line) throw new ProblemError('vectorsNotText');
    if (this.line === 1 && header.test(line)) {
      this.setDimension(Number(line.split(' ')[1]));
      return;
    }
    const blank = line.indexOf(' ');
    const values = line.slice(blank + 1);
    if (blank < 1 || !numbers.test(values)) {
      // Some files have words with blanks in them, such as ". . ."; nobody can want one.
      if (this.isWordWithBlanks(line)) return;
      this.refuse(line);
    }
    const width = countFields(values);
    if (this.dimension === 0) this.setDimension(width);
    if (width !== this.dimension) this.refuseWidth(width);
    this.lines += 1;
    this.keep(line.slice(0, blank), values);
  }

  private isWordWithBlanks(line: string): boolean {
    const fields = line.split(' ');
    const from = fields.length - this.dimension;
    const spaced = this.dimension > 0 && from > 1 && !number.test(fields[1]);
    return spaced && fields.slice(from).every((field) => number.test(field));
  }

  /** @throws the word for a line that is no word with numbers */
  private refuse(line: string): never {
    const fields = line.split(' ').slice(1);
    const wrong = fields.find((field) => !number.test(field));
    // A first line without a number in it is of a file that is something else.
    if (this.lines === 0 && !fields.some((field) => number.test(field)))
      throw new ProblemError('vectorsNotText');
    if (wrong === undefined) this.refuseWidth(fields.length);
    throw new ProblemError('vectorsNotNumbers', { line: this.line, value: wrong.slice(0, 40) });
  }

  private refuseWidth(width: number): never {
    throw new ProblemError('vectorsRagged', { line: this.line, numbers: width, expected: this.dimension });
  }

  private setDimension(dimension: number) {
    const { min, max } = vectorFileBounds.dimension;
    if (dimension < min || dimension > max) throw new ProblemError('vectorsTooWide', { dimension, min, max });
    this.dimension = dimension;
  }

  private keep(written: string, values: string) {
    const word = this.wanted.has(written) ? written : written.toLowerCase();
    if (!this.wanted.has(word)) return;
    const place = this.places.get(word);
    const exact = word === written;
    if (place !== undefined && !(exact && this.inOtherCase.has(word))) return;
    const vector = values.split(' ').map(Number);
    if (!vector.every(Number.isFinite)) {
      throw new ProblemError('vectorsNotNumbers', { line: this.line, value: values.slice(0, 40) });
    }
    if (vector.every((value) => value === 0)) return;
    const at = place ?? this.words.length;
    if ((at + 1) * this.dimension > this.mostNumbers) {
      throw new ProblemError('vectorsTooMany', { words: this.words.length, dimension: this.dimension });
    }
    if (exact) this.inOtherCase.delete(word);
    else this.inOtherCase.add(word);
    if (place === undefined) {
      this.words.push(word);
      this.places.set(word, at);
    }
    for (let k = 0; k < this.dimension; k++) this.values[at * this.dimension + k] = vector[k];
  }
}

function countFields(values: string): number {
  let fields = 1;
  for (let at = values.indexOf(' '); at >= 0; at = values.indexOf(' ', at + 1)) fields += 1;
  return fields;
}

/** Rows of a task as sequences: [CLS] a [SEP], or [CLS] a [SEP] b [SEP]. */
import type { RowsFit } from '../config/rowsPreview';
import type { Tokenizer } from '../data/tokenizer';
import { finish, part, type Slices, sliceLength } from '../data/work';
import { arePairs, type LabelledData, type LabelledRow } from './rows';

export interface EncodedTexts {
  /** Token ids, at most L. */
  ids: Int32Array;
  /** Where the second text begins, whose tokens and [SEP] are of type 1; the length where there is none. */
  second: number;
  /** True where tokens were cut off. */
  cut: boolean;
}

export interface EncodedRow extends EncodedTexts {
  label: number;
}

export interface EncodedTask {
  labels: readonly string[];
  train: EncodedRow[];
  heldOut: EncodedRow[];
  /** The held-out rows as they were before, for people. */
  heldOutTexts: readonly LabelledRow[];
  /** Whether rows are pairs of texts. */
  pairs: boolean;
  /** Id that fills sequences up to L. */
  pad: number;
  /** Rows of which tokens were cut off, both sides. */
  cut: number;
  /** Share of the characters, both sides, that are lost since their words became [UNK], 0 to 1. */
  unknownShare: number;
}

/** Places that are not a text's: [CLS], and a [SEP] after each. */
const specials = { one: 2, two: 3 };

/** A text or a pair, cut to L tokens by `longestFirst`. */
export function encodeTexts(
  tokenizer: Tokenizer,
  { a, b }: Pick<LabelledRow, 'a' | 'b'>,
  sequenceLength: number,
): EncodedTexts {
  const first = tokenizer.encode(a);
  return joined(tokenizer, first, b === undefined ? null : tokenizer.encode(b), sequenceLength);
}

function joined(
  { special: { cls, sep } }: Tokenizer,
  first: readonly number[],
  second: readonly number[] | null,
  sequenceLength: number,
): EncodedTexts {
  if (!second) {
    const kept = first.slice(0, sequenceLength - specials.one);
    const ids = Int32Array.of(cls, ...kept, sep);
    return { ids, second: ids.length, cut: kept.length < first.length };
  }
  const [ofFirst, ofSecond] = longestFirst(first.length, second.length, sequenceLength - specials.two);
  const ids = Int32Array.of(cls, ...first.slice(0, ofFirst), sep, ...second.slice(0, ofSecond), sep);
  return { ids, second: ofFirst + 2, cut: ofFirst + ofSecond < first.length + second.length };
}

/**
 * Tokens that are left of each text of a pair: the longer one is cut, and where both are longer than half of what there
 * is, each gets half. An odd token goes to the text that was longer, of equal ones to the second: as Hugging Face's
 * `tokenizers` has `longest_first` (its Python forerunner gave that token to the first).
 */
export function longestFirst(first: number, second: number, most: number): [first: number, second: number] {
  if (first + second <= most) return [first, second];
  const half = Math.floor(most / 2);
  const shorter = Math.min(first, second, half);
  const longer = most - shorter;
  return first > second ? [longer, shorter] : [shorter, longer];
}

/** All of `encodingTask` at once. */
export const encodeTask = (tokenizer: Tokenizer, data: LabelledData, sequenceLength: number): EncodedTask =>
  finish(encodingTask(tokenizer, data, sequenceLength));

/** Both sides of a task in sequences of at most L tokens; L is at least 8. */
export function* encodingTask(
  tokenizer: Tokenizer,
  { labels, train, heldOut }: LabelledData,
  sequenceLength: number,
): Slices<EncodedTask> {
  const lost = { characters: 0, lost: 0 };
  const share = train.length / (train.length + heldOut.length);
  const encoded = {
    train: yield* part(encodingRows(tokenizer, train, sequenceLength, lost), 0, share),
    heldOut: yield* part(encodingRows(tokenizer, heldOut, sequenceLength, lost), share, 1),
  };
  return {
    labels,
    ...encoded,
    heldOutTexts: heldOut,
    pairs: arePairs(train),
    pad: tokenizer.special.pad,
    cut: [...encoded.train, ...encoded.heldOut].filter(({ cut }) => cut).length,
    unknownShare: lost.lost / Math.max(1, lost.characters),
  };
}

function* encodingRows(
  tokenizer: Tokenizer,
  rows: readonly LabelledRow[],
  sequenceLength: number,
  total: { characters: number; lost: number },
): Slices<EncodedRow[]> {
  const encoded: EncodedRow[] = [];
  let read = 0;
  for (const { label, a, b } of rows) {
    const [first, second] = [a, b].map((text) => (text === undefined ? null : tokenizer.spell(text)));
    for (const spelling of [first, second]) {
      total.characters += spelling?.characters ?? 0;
      total.lost += spelling?.lost ?? 0;
    }
    encoded.push({ label, ...joined(tokenizer, first!.ids, second?.ids ?? null, sequenceLength) });
    read += a.length + (b?.length ?? 0);
    if (read < sliceLength) continue;
    read = 0;
    yield encoded.length / rows.length;
  }
  return encoded;
}

/** How rows fit a model that reads so many positions, [CLS] and [SEP] included. */
export function* fitting(
  tokenizer: Tokenizer,
  rows: readonly LabelledRow[],
  positions: number,
): Slices<RowsFit> {
  const total = { characters: 0, lost: 0 };
  let cut = 0;
  let read = 0;
  for (const [i, { a, b }] of rows.entries()) {
    let tokens: number = b === undefined ? specials.one : specials.two;
    for (const text of b === undefined ? [a] : [a, b]) {
      const { ids, characters, lost } = tokenizer.spell(text);
      tokens += ids.length;
      total.characters += characters;
      total.lost += lost;
    }
    if (tokens > positions) cut += 1;
    read += a.length + (b?.length ?? 0);
    if (read < sliceLength) continue;
    read = 0;
    yield i / rows.length;
  }
  return { positions, cut, unknownShare: total.lost / Math.max(1, total.characters) };
}

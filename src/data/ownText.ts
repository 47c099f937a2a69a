/** People's own text: from texts in a file to those that are split into a training and a held-out part. */
import type { TextFacts } from '../config/results';
import { decodingText } from './decodeText';
import { endsSentence, scanSentences } from './sentences';
import { isInsidePair } from './wordPiece';
import { finish, part, type Slices, sliceLength } from './work';

/** Characters of a text, at most; about a story's length. */
const longestText = 800;
/** Even the shortest text gives this many texts, so that two of them are held out. */
const fewestTexts = 30;
/** Where there are more lines than this, neighbours are joined: a text costs memory, however short it is. */
const mostTexts = 100_000;
/** Lines of a paragraph up to which blank lines count as what parts the text. */
const linesOfParagraph = 8;

export interface OwnText {
  texts: string[];
  leftOut: NonNullable<TextFacts['leftOut']>;
}

/**
 * The texts in a person's file, each of them once: none may be both trained and tested on.
 * @throws ProblemError as `decodingText`
 */
export function* readingOwnText(bytes: Uint8Array): Slices<OwnText> {
  const { text, controls } = yield* part(decodingText(bytes), 0, 0.3);
  const cut = yield* part(cuttingTexts(text), 0.3, 0.9);
  const { texts, repeated } = yield* part(leavingOutRepeats(cut), 0.9, 1);
  return { texts, leftOut: { repeated, controls } };
}

/**
 * A person's text as texts in order: paragraphs at blank lines, or lines. Long ones are cut at sentence ends (a longer
 * sentence at spaces), so that one paragraph in any script still gives `fewestTexts`.
 */
export const textsOf = (text: string): string[] => finish(cuttingTexts(text));

/** The same in slices. */
export function* cuttingTexts(text: string): Slices<string[]> {
  const layout = yield* layoutOf(text);
  const blocks = yield* blocksOf(text, layout);
  const characters = blocks.reduce((sum, block) => sum + block.length, 0);
  const most = Math.min(longestText, Math.max(8, Math.floor(characters / fewestTexts)));
  const texts: string[] = [];
  let done = 0;
  let told = 0;
  for (const block of blocks) {
    if (block.length <= most) texts.push(block);
    else yield* grouping(block, most, texts);
    done += block.length;
    if (done - told < sliceLength) continue;
    told = done;
    yield 0.6 + (0.4 * done) / characters;
  }
  return texts;
}

/** The texts without those that were there before, in any case of letters, and how many were left out. */
export function* leavingOutRepeats(texts: readonly string[]): Slices<{ texts: string[]; repeated: number }> {
  const seen = new Set<string>();
  const distinct: string[] = [];
  let read = 0;
  for (const text of texts) {
    const key = text.toLowerCase();
    if (!seen.has(key)) distinct.push(text);
    seen.add(key);
    read += text.length;
    if (read < sliceLength) continue;
    read = 0;
    yield seen.size / texts.length;
  }
  return { texts: distinct, repeated: texts.length - distinct.length };
}

interface Layout {
  /** What parts the text. */
  by: 'paragraphs' | 'lines';
  /** Characters of a block at least; neighbours are joined up to it. */
  least: number;
}

/**
 * Whether blank lines part the text, or line ends. Lines are sentences, verses or phrases of their own unless there are
 * few of them to a paragraph, or they are one paragraph wrapped: then paragraphs end as sentences do, and lines don't.
 */
function* layoutOf(text: string): Slices<Layout> {
  const count = { lines: 0, paragraphs: 0, characters: 0 };
  const ending = { lines: 0, paragraphs: 0 };
  let last = '';
  let told = 0;
  const closeParagraph = () => {
    if (last === '') return;
    count.paragraphs += 1;
    if (endsSentence(last)) ending.paragraphs += 1;
    last = '';
  };
  for (const { line, end } of linesOf(text)) {
    if (line === '') {
      closeParagraph();
    } else {
      if (last !== '' && endsSentence(last)) ending.lines += 1;
      count.lines += 1;
      count.characters += line.length + 1;
      last = line;
    }
    if (end - told < sliceLength) continue;
    told = end;
    yield (0.3 * end) / text.length;
  }
  closeParagraph();
  const inner = count.lines - count.paragraphs;
  const wrapped = ending.lines * count.paragraphs < 0.5 * ending.paragraphs * inner;
  const few = count.lines <= linesOfParagraph * count.paragraphs;
  const by = count.paragraphs > 1 && (few || wrapped) ? 'paragraphs' : 'lines';
  const least = count[by] > mostTexts ? Math.ceil(count.characters / mostTexts) : 0;
  return { by, least };
}

/** The paragraphs or lines, white space inside them made one blank. */
function* blocksOf(text: string, { by, least }: Layout): Slices<string[]> {
  const blocks: string[] = [];
  let lines: string[] = [];
  let length = 0;
  let told = 0;
  function* close(): Slices<void> {
    if (length > 0) blocks.push(yield* collapsing(lines.join(' ')));
    lines = [];
    length = 0;
  }
  for (const { line, end } of linesOf(text)) {
    if (line !== '') {
      lines.push(line);
      length += line.length + 1;
    }
    if (length >= least && (by === 'lines' || line === '')) yield* close();
    if (end - told < sliceLength) continue;
    told = end;
    yield 0.3 + (0.3 * end) / text.length;
  }
  yield* close();
  return blocks;
}

/** Every line, trimmed, and where it ends in the text; lines end in any of the three usual ways. */
function* linesOf(text: string): Generator<{ line: string; end: number }, void, void> {
  const lineEnd = /\r\n?|\n/g;
  let start = 0;
  while (start <= text.length) {
    const end = lineEnd.exec(text)?.index ?? text.length;
    yield { line: text.slice(start, end).trim(), end };
    start = end < text.length ? lineEnd.lastIndex : text.length + 1;
  }
}

/**
 * Runs of white space as one blank, joined rather than replaced: what V8 replaces piece by piece it keeps as a tree of
 * thirty times the text's size.
 */
const withSingleBlanks = (text: string) => text.split(/\s+/).join(' ');

/** The same of a block that may be the whole text. */
function* collapsing(text: string): Slices<string> {
  if (text.length <= sliceLength) return withSingleBlanks(text);
  const pieces: string[] = [];
  let before = '';
  for (let at = 0; at < text.length; at += sliceLength) {
    const piece = withSingleBlanks(text.slice(at, at + sliceLength));
    const rest = before.endsWith(' ') && piece.startsWith(' ') ? piece.slice(1) : piece;
    if (rest !== '') before = rest;
    pieces.push(rest);
    yield 0;
  }
  return pieces.join('');
}

/** Whole sentences grouped into texts of at most `most` characters. */
function* grouping(block: string, most: number, groups: string[]): Slices<void> {
  let group = '';
  let read = 0;
  for (const sentence of scanSentences(block)) {
    if (sentence === null) {
      yield 0.6;
      continue;
    }
    for (const piece of cut(sentence, most)) {
      const joined = group === '' ? piece : `${group} ${piece}`;
      if (joined.length <= most) {
        group = joined;
      } else {
        if (group !== '') groups.push(group);
        group = piece;
      }
      read += piece.length;
      if (read < sliceLength) continue;
      read = 0;
      yield 0.6;
    }
  }
  if (group !== '') groups.push(group);
}

/** A sentence in pieces of at most `most` characters, cut at spaces, or between characters where there are none. */
function* cut(sentence: string, most: number): Generator<string, void, void> {
  let start = 0;
  while (sentence.length - start > most) {
    const space = lastBreak(sentence, start + 1, start + most);
    let end = space > 0 ? space : start + most;
    if (isInsidePair(sentence, end)) end--;
    yield sentence.slice(start, end);
    start = end;
    while (start < sentence.length && isBreak(sentence[start])) start++;
  }
  if (start < sentence.length) yield sentence.slice(start);
}

/** A blank, or the sign that marks where words end in scripts without blanks. */
const isBreak = (character: string) => character === ' ' || character === '\u200b';

/** The last place from `to` back to `from` that may be cut at; 0: none. */
function lastBreak(text: string, from: number, to: number): number {
  for (let at = to; at >= from; at--) if (isBreak(text[at])) return at;
  return 0;
}

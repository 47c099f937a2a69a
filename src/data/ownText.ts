/** People's own text: from bytes to texts that can be split into a training and a held-out part. */
import { textBytes } from '../config/bounds';
import { ProblemError } from '../config/problems';
import { sentencesOf } from './sentences';

/** Share of control characters above which bytes are not text. */
const mostControlCharacters = 0.01;

/**
 * The text in a file: UTF-8, or UTF-16 with a byte-order mark (Windows writes it). The mark is dropped.
 * @throws ProblemError textEmpty, textTooShort and textTooLarge (bytes of UTF-8), textBinary, textNotUtf8
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > textBytes.max) {
    throw new ProblemError('textTooLarge', { bytes: bytes.length, most: textBytes.max });
  }
  const text = decodeUtf(bytes).trim();
  if (text === '') throw new ProblemError('textEmpty');
  const length = new TextEncoder().encode(text).length;
  if (length < textBytes.min) throw new ProblemError('textTooShort', { bytes: length, least: textBytes.min });
  if (length > textBytes.max) throw new ProblemError('textTooLarge', { bytes: length, most: textBytes.max });
  return text;
}

function decodeUtf(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  // Before decoding, since a picture or a zip is not UTF-8 either and the better word is that it is no text.
  if (!utf16 && hasControls(bytes)) throw new ProblemError('textBinary');
  let text: string;
  try {
    text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ProblemError(utf16 ? 'textBinary' : 'textNotUtf8', undefined, { cause: error });
  }
  if (utf16 && hasControls(Uint16Array.from(text, (unit) => unit.charCodeAt(0)))) {
    throw new ProblemError('textBinary');
  }
  return text;
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** True for a NUL, or for many control characters other than tab, line feed, form feed and return. */
function hasControls(units: Uint8Array | Uint16Array): boolean {
  let controls = 0;
  for (const unit of units) {
    if (unit === 0) return true;
    if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13) controls++;
  }
  return controls > units.length * mostControlCharacters;
}

/** Characters of a text, at most; about a story's length. */
const longestText = 800;
/** Even the shortest text gives this many texts, so that two of them are held out. */
const fewestTexts = 30;

/**
 * A person's text as texts in order: paragraphs at blank lines, or lines where there are none. Long ones are cut
 * at sentence ends (a longer sentence at spaces), so that one paragraph in any script still gives `fewestTexts`.
 */
export function textsOf(text: string): string[] {
  const lines = text.replace(/\r\n?/g, '\n');
  const paragraphs = blocksOf(lines, /\n\s*\n/);
  const blocks = paragraphs.length > 1 ? paragraphs : blocksOf(lines, /\n/);
  const characters = blocks.reduce((sum, block) => sum + block.length, 0);
  const most = Math.min(longestText, Math.max(8, Math.floor(characters / fewestTexts)));
  return blocks.flatMap((block) => grouped(block, most));
}

const blocksOf = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((block) => block.trim().replace(/\s+/g, ' '))
    .filter((block) => block !== '');

/** Whole sentences grouped into texts of at most `most` characters. */
function grouped(block: string, most: number): string[] {
  if (block.length <= most) return [block];
  const groups: string[] = [];
  let group = '';
  for (const piece of sentencesOf(block).flatMap((sentence) => cut(sentence, most))) {
    const joined = group === '' ? piece : `${group} ${piece}`;
    if (joined.length <= most) {
      group = joined;
    } else {
      if (group !== '') groups.push(group);
      group = piece;
    }
  }
  return group === '' ? groups : [...groups, group];
}

/** A sentence in pieces of at most `most` characters, cut at spaces, or between characters where there are none. */
function cut(sentence: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    let end = space > 0 ? space : most;
    // Never between the two halves of a surrogate pair.
    if (/[\uD800-\uDBFF]/.test(rest[end - 1])) end--;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/**
 * The key under which a text is kept: 16 hex digits made from its content. Two lanes of FNV-1a with a final mix,
 * not SHA-256, since `crypto.subtle` is missing where the page is served over plain HTTP, as in many classrooms.
 */
export function textId(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c ^ bytes.length;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return hexOf(a ^ (b >>> 16)) + hexOf(b ^ (a >>> 13));
}

/** Eight hex digits of a uint32 after MurmurHash3's finaliser. */
function hexOf(word: number): string {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

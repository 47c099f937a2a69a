/** Names and keys of people's own texts. */
import { finish, type Slices } from './work';

/** Characters of a name, at most. */
const longestName = 80;

/** A name of at most 80 characters, never cut inside one that is made of several (an emoji, a letter with its marks). */
export function shortName(name: string): string {
  const whole = name.replace(loneSurrogate, '\ufffd');
  if (whole.length <= longestName) return whole;
  const segmenter = typeof Intl.Segmenter === 'undefined' ? null : new Intl.Segmenter();
  const characters = segmenter ? Array.from(segmenter.segment(whole), ({ segment }) => segment) : [...whole];
  let short = '';
  for (const character of characters) {
    // The experiment counts in UTF-16 units, of which an emoji has up to a dozen.
    if (short.length + character.length > longestName) break;
    short += character;
  }
  return short;
}

const loneSurrogate = /\p{Surrogate}/gu;

/**
 * The key under which a text is kept: 16 hex digits made from its content. Two lanes of FNV-1a with a final mix,
 * not SHA-256, since `crypto.subtle` is missing where the page is served over plain HTTP, as in many classrooms.
 */
export const textId = (bytes: Uint8Array): string => finish(hashingText(bytes));

/** The same in slices. */
export function* hashingText(bytes: Uint8Array): Slices<string> {
  let a = 0x811c9dc5;
  let b = 0x9747b28c ^ bytes.length;
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    for (const byte of bytes.subarray(start, start + chunkBytes)) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x5bd1e995);
      b ^= b >>> 15;
    }
    yield start / bytes.length;
  }
  return hexOf(a ^ (b >>> 16)) + hexOf(b ^ (a >>> 13));
}

const chunkBytes = 262_144;

/** Eight hex digits of a uint32 after MurmurHash3's finaliser. */
function hexOf(word: number): string {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

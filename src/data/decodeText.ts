/** Bytes of a person's file as text: which encoding they are in, and whether they are text at all. */
import { textBytes } from '../config/bounds';
import { ProblemError } from '../config/problems';
import { finish, type Slices } from './work';

/** Share of control characters above which bytes are not text, and of NULs among them. */
const mostControls = { all: 0.01, nul: 0.001 };
/** Beginnings of files that are no text, whatever follows: zip (and so docx, odt, epub), PNG, JPEG, gzip, old Office, GIF, PDF, RTF. */
const signatures = [
  'PK\x03\x04',
  '\x89PNG',
  '\xff\xd8\xff',
  '\x1f\x8b',
  '\xd0\xcf\x11\xe0',
  'GIF8',
  '%PDF-',
  '{\\rtf',
];
/** Bytes that are decoded or looked through at a time. */
const chunkBytes = 262_144;

export interface DecodedText {
  text: string;
  /** Control characters that were left out. */
  controls: number;
  encoding: 'utf-8' | Utf16;
}

/** @throws as `decodingText` */
export const decodeText = (bytes: Uint8Array): string => finish(decodingText(bytes)).text;

/**
 * The text in a file as one to be learned from: as `decodingBytes` gives it, trimmed.
 * @throws ProblemError textEmpty, textTooShort and textTooLarge (bytes of UTF-8), and as `decodingBytes`
 */
export function* decodingText(bytes: Uint8Array): Slices<DecodedText> {
  checkTextSize(bytes.length);
  const { text, ...found } = yield* decodingBytes(bytes);
  const trimmed = text.trim();
  if (trimmed === '') throw new ProblemError('textEmpty');
  // A text has at least as many bytes as UTF-16 units, and UTF-8 that is read has no more than the file.
  const exact = encodingOf(bytes) !== null || trimmed.length < textBytes.min;
  const length = exact ? new TextEncoder().encode(trimmed).length : trimmed.length;
  if (length < textBytes.min) throw new ProblemError('textTooShort', { bytes: length, least: textBytes.min });
  checkTextSize(length);
  return { ...found, text: trimmed };
}

/**
 * Bytes as text: UTF-8, or UTF-16 with a byte-order mark (Windows writes it) or without. The mark is dropped, and so are
 * a few stray control characters and a last character that was cut in two.
 * @throws ProblemError textBinary, textNotUtf8
 */
export function* decodingBytes(bytes: Uint8Array): Slices<DecodedText> {
  const encoding = encodingOf(bytes);
  // Before decoding, since a picture or a zip is not UTF-8 either and the better word is that it is no text.
  if (!encoding) {
    const start = String.fromCharCode(...bytes.subarray(0, 8));
    if (signatures.some((signature) => start.startsWith(signature))) throw new ProblemError('textBinary');
    yield* refusingBinary(bytes);
  }
  const decoded = yield* decoding(bytes, encoding ?? 'utf-8');
  return { encoding: encoding ?? 'utf-8', ...(yield* leavingOutControls(decoded)) };
}

/** @throws ProblemError textTooLarge */
export function checkTextSize(bytes: number) {
  if (bytes > textBytes.max) throw new ProblemError('textTooLarge', { bytes, most: textBytes.max });
}

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * UTF-16 by its mark, or by its zero bytes: in every script at least blanks and line ends have a zero half, the same
 * one; the other half is zero in few letters (가 and 一 are among them). Null: something else.
 */
function encodingOf(bytes: Uint8Array): Utf16 | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, chunkBytes);
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i & 1] += 1;
  const [even, odd] = zeros;
  const enough = looked / 2 / 100;
  if (Math.min(even, odd) > 0.3 * Math.max(even, odd) || Math.max(even, odd) < enough) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function* refusingBinary(bytes: Uint8Array): Slices<void> {
  let controls = 0;
  let nuls = 0;
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const end = Math.min(bytes.length, start + chunkBytes);
    for (let i = start; i < end; i++) {
      const byte = bytes[i];
      if (byte < 32 && isControl(byte)) {
        controls += 1;
        if (byte === 0) nuls += 1;
      }
    }
    yield (0.3 * end) / bytes.length;
  }
  refuseControls(controls, nuls, bytes.length);
}

function* decoding(bytes: Uint8Array, encoding: Utf16 | 'utf-8'): Slices<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const parts: string[] = [];
  try {
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      // Never flushed: half a character at the end is what was cut off with the rest of the file.
      parts.push(decoder.decode(bytes.subarray(start, start + chunkBytes), { stream: true }));
      yield 0.3 + (0.4 * start) / bytes.length;
    }
  } catch (cause) {
    throw new ProblemError(encoding === 'utf-8' ? 'textNotUtf8' : 'textBinary', undefined, { cause });
  }
  return parts.join('');
}

function* leavingOutControls(text: string): Slices<Omit<DecodedText, 'encoding'>> {
  const parts: string[] = [];
  let controls = 0;
  let nuls = 0;
  for (let start = 0; start < text.length; start += chunkBytes) {
    parts.push(
      text.slice(start, start + chunkBytes).replace(control, (character) => {
        controls += 1;
        if (character === '\0') nuls += 1;
        return '';
      }),
    );
    yield 0.7 + (0.3 * start) / text.length;
  }
  refuseControls(controls, nuls, text.length);
  return { text: controls === 0 ? text : parts.join(''), controls };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0e-\x1f]/g;
const isControl = (unit: number) => unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13;

function refuseControls(controls: number, nuls: number, length: number) {
  if (controls > mostControls.all * length || nuls > mostControls.nul * length) {
    throw new ProblemError('textBinary');
  }
}

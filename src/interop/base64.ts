/** Base64 (RFC 4648, section 4) of numbers, little-endian, without a string for each byte. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const padding = '='.charCodeAt(0);
const letters = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
/** The six bits of a letter; above 63 for what is none. */
const bitsOf = new Uint8Array(128).fill(0xff);
letters.forEach((letter, bits) => {
  bitsOf[letter] = bits;
});

/** The letters of numbers, as ASCII. */
export function base64Of({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const text = new Uint8Array(4 * Math.ceil(byteLength / 3));
  const whole = byteLength - (byteLength % 3);
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const bits = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    text[at++] = letters[bits >> 18];
    text[at++] = letters[(bits >> 12) & 63];
    text[at++] = letters[(bits >> 6) & 63];
    text[at++] = letters[bits & 63];
  }
  const left = byteLength - whole;
  if (left > 0) {
    const bits = (bytes[whole] << 16) | ((left > 1 ? bytes[whole + 1] : 0) << 8);
    text[at++] = letters[bits >> 18];
    text[at++] = letters[(bits >> 12) & 63];
    text[at++] = left > 1 ? letters[(bits >> 6) & 63] : padding;
    text[at] = padding;
  }
  return text;
}

/** The numbers of such letters; null where they are no base64 of whole float32 numbers. */
export function numbersOf(text: string): Float32Array | null {
  const bytes = bytesOf(text, 4);
  return bytes && new Float32Array(bytes.buffer);
}

/** The same of 16 bits each. */
export function halvesOf(text: string): Uint16Array | null {
  const bytes = bytesOf(text, 2);
  return bytes && new Uint16Array(bytes.buffer);
}

/** @param size bytes of a number, of which there are whole ones */
function bytesOf(text: string, size: number): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padded = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = (text.length / 4) * 3 - padded;
  if (length % size !== 0) return null;
  const bytes = new Uint8Array(length);
  let unknown = 0;
  const six = (at: number) => {
    const code = text.charCodeAt(at);
    const bits = code < 128 ? bitsOf[code] : 0xff;
    unknown |= bits;
    return bits;
  };
  let at = 0;
  const whole = text.length - (padded ? 4 : 0);
  for (let i = 0; i < whole; i += 4) {
    const bits = (six(i) << 18) | (six(i + 1) << 12) | (six(i + 2) << 6) | six(i + 3);
    bytes[at++] = bits >> 16;
    bytes[at++] = bits >> 8;
    bytes[at++] = bits;
  }
  if (padded) {
    const bits = (six(whole) << 18) | (six(whole + 1) << 12) | (padded === 1 ? six(whole + 2) << 6 : 0);
    bytes[at++] = bits >> 16;
    if (padded === 1) bytes[at] = bits >> 8;
  }
  return unknown > 63 ? null : bytes;
}

/**
 * A fast sum over 32-bit words, by which numbers that were torn or edited are noticed: MurmurHash3_x86_32 (Appleby,
 * smhasher, MurmurHash3.cpp) of whole words. It guards against accidents; whoever wants to can forge it.
 */

const rotated = (word: number, by: number) => (word << by) | (word >>> (32 - by));

/** All bits of a float32's exponent: set in NaN and the infinities alone. */
const exponent = 0x7f800000;
/** The bits of -0. */
const negativeZero = -0x80000000;

/** A sum under way. Words are added in order, tensor by tensor. */
export class Checksum {
  private hash: number;
  private words = 0;
  /** True once a word was added that is no finite float32; `addNumbers` alone looks. */
  hasOther = false;
  /** True once a word was added that is a float32 below 0 (and not -0); as above. */
  hasNegative = false;

  constructor(seed: number) {
    this.hash = seed | 0;
  }

  /** Adds float32 numbers by their bits, in the processor's order (little-endian on all that run browsers). */
  addNumbers(values: Float32Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length);
    let { hash } = this;
    let other = false;
    let negative = false;
    for (let i = 0; i < words.length; i++) {
      const word = words[i];
      other ||= (word & exponent) === exponent;
      negative ||= word < 0 && word !== negativeZero;
      hash ^= Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
      hash = (Math.imul(rotated(hash, 13), 5) + 0xe6546b64) | 0;
    }
    this.hash = hash;
    this.words += words.length;
    this.hasOther ||= other;
    this.hasNegative ||= negative;
  }

  /** Adds a text: its length, and its UTF-16 units as words. */
  addText(text: string) {
    this.addWord(text.length);
    for (let i = 0; i < text.length; i++) this.addWord(text.charCodeAt(i));
  }

  addWord(word: number) {
    this.hash ^= Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    this.hash = (Math.imul(rotated(this.hash, 13), 5) + 0xe6546b64) | 0;
    this.words += 1;
  }

  /** The sum of what was added, a whole number from 0 to 2^32 - 1. */
  get value(): number {
    let hash = this.hash ^ (this.words * 4);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}

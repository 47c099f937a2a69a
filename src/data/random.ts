/**
 * The only source of chance: an integer generator keyed by (seed, step, purpose). Nothing is drawn on a backend,
 * so ids, masks and initial weights are the same on all of them, and any step can be drawn again on its own.
 */

export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-32. */
  next(): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
}

/** FNV-1a over the UTF-16 units of `text`: a uint32. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * A stream of its own for each key. Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded as there with three
 * words (seed, step, hash of the purpose), a counter of 1 and twelve rounds of warming up.
 * @param seed uint32
 * @param step uint32, or any index that tells streams of one purpose apart
 * @param purpose what is drawn, such as `masks`
 */
export function randomStream(seed: number, step: number, purpose: string): Random {
  let a = seed | 0;
  let b = step | 0;
  let c = hash32(purpose) | 0;
  let counter = 1;

  function uint32(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  for (let round = 0; round < 12; round++) uint32();

  const next = () => uint32() / 4_294_967_296;
  function normal(): number {
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }
  return { next, integer: (n) => Math.floor(next() * n), normal };
}

/** The numbers 0 to n - 1 in random order (Fisher and Yates). */
export function permutation(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const taken = order[i];
    order[i] = order[j];
    order[j] = taken;
  }
  return order;
}

/** Half precision (IEEE 754 binary16) and bfloat16 as bits, without Float16Array, which older engines lack. */

/** The float32 values of float16 bits; exact. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i] & 0x7fff;
    const sign = (bits[i] & 0x8000) << 16;
    if (magnitude >= infinity) words[i] = sign | 0x7f800000 | ((magnitude & 0x3ff) << 13);
    else if (magnitude >= smallestNormal) words[i] = sign | ((magnitude << 13) + rebias);
    else values[i] = (sign ? -1 : 1) * magnitude * 2 ** -24;
  }
  return values;
}

/** The float32 values of bfloat16 bits: the upper half of a float32; exact. */
export const bfloat16ToFloat32 = (bits: Uint16Array): Float32Array =>
  new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);

/** Float16 bits of finite float32 values, rounded to the nearest, ties to even; what is too large becomes infinite. */
export function float32ToFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint16Array(values.length);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) {
    const sign = (words[i] >>> 16) & 0x8000;
    const magnitude = words[i] & 0x7fffffff;
    if (magnitude >= beyond) bits[i] = sign | infinity;
    else if (magnitude >= rebias + (smallestNormal << 13)) {
      // Rounding up to the next power of two carries into the exponent, as it should.
      const wide = magnitude - rebias;
      bits[i] = sign | ((wide + 0xfff + ((wide >>> 13) & 1)) >>> 13);
    } else bits[i] = sign | roundToEven(Math.abs(values[i]) * 2 ** 24);
  }
  return bits;
}

const infinity = 0x7c00;
/** 2^-14; below it float16 is subnormal: the spacing stays that of 2^-14. */
const smallestNormal = 0x0400;
/** The difference of the exponents' biases, 127 and 15, where a float32 has its exponent. */
const rebias = (127 - 15) << 23;
/** The bits of 2^16. */
const beyond = 0x47800000;

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

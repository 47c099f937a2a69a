/** Half precision (IEEE 754 binary16) and bfloat16 as bits, without Float16Array, which older engines lack. */

/** The float32 values of float16 bits; exact. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const exponent = (bits[i] >>> 10) & 0x1f;
    const fraction = bits[i] & 0x3ff;
    const sign = bits[i] & 0x8000 ? -1 : 1;
    if (exponent === 0x1f) values[i] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else if (exponent === 0) values[i] = sign * fraction * 2 ** -24;
    else values[i] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return values;
}

/** The float32 values of bfloat16 bits: the upper half of a float32; exact. */
export const bfloat16ToFloat32 = (bits: Uint16Array): Float32Array =>
  new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);

/** Float16 bits of finite float32 values, rounded to the nearest, ties to even; what is too large becomes infinite. */
export function float32ToFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint16Array(values.length);
  const view = new DataView(new ArrayBuffer(4));
  for (let i = 0; i < values.length; i++) {
    view.setFloat32(0, values[i]);
    const sign = (view.getUint16(0) >>> 15) << 15;
    // Below 2^-14 float16 is subnormal: the spacing stays that of 2^-14.
    const exponent = Math.max(((view.getUint16(0) >>> 7) & 0xff) - 127, -14);
    const steps = roundToEven(Math.abs(values[i]) * 2 ** (10 - exponent));
    // Rounding up to the next power of two carries into the exponent, as it should.
    bits[i] = sign | Math.min(((exponent + 14) << 10) + steps, infinity);
  }
  return bits;
}

const infinity = 0x7c00;

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

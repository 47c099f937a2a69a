import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bfloat16ToFloat32, float16ToFloat32, float32ToFloat16 } from '../../src/util/float16';

const decode = (bits: number) => float16ToFloat32(Uint16Array.of(bits))[0];
const encode = (value: number) => float32ToFloat16(Float32Array.of(value))[0];

describe('float16', () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('%i is %d', (bits, value) => {
    expect(decode(bits)).toBe(value);
  });

  it('gives every finite number its own bits again', () => {
    const finite = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      (b) => (b & 0x7c00) !== 0x7c00,
    );
    expect(float32ToFloat16(float16ToFloat32(finite))).toEqual(finite);
  });

  it('rounds to the nearest, ties to even', () => {
    expect(encode(1 + 2 ** -11)).toBe(0x3c00);
    expect(encode(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(encode(2 ** -25)).toBe(0);
    expect(encode(3 * 2 ** -25)).toBe(2);
    expect(encode(2047.5)).toBe(0x6800);
    expect(encode(1e-40)).toBe(0);
    expect(encode(65_519.99)).toBe(0x7bff);
    expect(encode(65_520)).toBe(0x7c00);
    expect(encode(-3e38)).toBe(0xfc00);
  });

  it('has no nearer neighbour', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(-65_500), max: Math.fround(65_500), noNaN: true }), (value) => {
        const bits = encode(value);
        const error = Math.abs(decode(bits) - value);
        for (const neighbour of [bits - 1, bits + 1].filter((b) => (b & 0x7fff) < 0x7c00 && b >= 0)) {
          expect(error).toBeLessThanOrEqual(Math.abs(decode(neighbour) - value));
        }
      }),
    );
  });
});

it('bfloat16 is the upper half of a float32', () => {
  expect([...bfloat16ToFloat32(Uint16Array.of(0x3f80, 0xc040, 0x0000, 0x3e20))]).toEqual([1, -3, 0, 0.15625]);
});

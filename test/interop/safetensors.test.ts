import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../../src/config/problems';
import { readSafetensors, writeSafetensors } from '../../src/interop/safetensors';
import type { Weights } from '../../src/model/initialise';

const weights: Weights = new Map([
  ['a.weight', { shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 0, 1024, -0.25) }],
  ['empty', { shape: [0, 4], data: new Float32Array() }],
  ['b.bias', { shape: [3], data: Float32Array.of(3, 4, 5) }],
]);

/** A file with this header and that many bytes of data. */
function file(header: unknown, dataBytes = 0, headerBytes?: bigint): ArrayBuffer {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerBytes ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes.buffer;
}
function codeOf(bytes: ArrayBuffer) {
  try {
    readSafetensors(bytes);
    return null;
  } catch (error) {
    return problemOf(error).code;
  }
}
const entry = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

describe('safetensors', () => {
  it.each(['F32', 'F16'] as const)('come back as they were written, as %s', (dtype) => {
    const bytes = writeSafetensors(weights, { dtype, metadata: { format: 'pt' } });
    expect(readSafetensors(bytes)).toEqual(weights);
    expect(Number(new DataView(bytes).getBigUint64(0, true)) % 8).toBe(0);
  });

  it('come back whatever the tensors', () => {
    const tensors = fc
      .array(
        fc.tuple(fc.string({ minLength: 1 }), fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }))),
      )
      .map((list): Weights => {
        const named = list.filter(([name]) => !name.startsWith('__'));
        return new Map(
          named.map(([name, values]) => [name, { shape: [values.length], data: new Float32Array(values) }]),
        );
      });
    fc.assert(
      fc.property(tensors, (original) => {
        const read = readSafetensors(writeSafetensors(original, { dtype: 'F32' }));
        expect(read.size).toBe(original.size);
        for (const [name, weight] of original) expect(read.get(name)).toEqual(weight);
      }),
    );
  });

  it('read bfloat16', () => {
    const bytes = file({ a: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, 2);
    new DataView(bytes).setUint16(bytes.byteLength - 2, 0x3fc0, true);
    expect(readSafetensors(bytes).get('a')?.data).toEqual(Float32Array.of(1.5));
  });

  it('are known to be truncated, wherever they end', () => {
    const bytes = writeSafetensors(weights, { dtype: 'F16' });
    fc.assert(
      fc.property(fc.nat(bytes.byteLength - 1), (length) => {
        expect(codeOf(bytes.slice(0, length))).toBe('weightsTruncated');
      }),
      { numRuns: 400 },
    );
  });

  it.each<[string, ArrayBuffer]>([
    ['an absurd header', file({}, 0, 2n ** 63n)],
    ['a page of HTML', new TextEncoder().encode(`<!doctype html><html>${' '.repeat(100)}`).buffer],
    ['a header that is no JSON', file('{"a": ')],
    ['a header that is a list', file([])],
    ['an entry without a shape', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4)],
    ['a negative offset', file({ a: entry(-4, 0) }, 4)],
    ['offsets the wrong way round', file({ a: entry(4, 0) }, 4)],
    ['an unknown type', file({ a: { ...entry(0, 4), dtype: 'I32' } }, 4)],
    ['a type named like a method', file({ a: { ...entry(0, 4), dtype: 'toString' } }, 4)],
    ['a shape that is not the data’s', file({ a: entry(0, 4, [2]) }, 4)],
    ['overlapping tensors', file({ a: entry(0, 8), b: entry(4, 12) }, 12)],
    ['a gap', file({ a: entry(0, 4), b: entry(8, 12) }, 12)],
    ['bytes at the end', file({ a: entry(0, 4) }, 5)],
  ])('are refused with %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('weightsMalformed');
  });

  it('never crash on damaged bytes', () => {
    const original = new Uint8Array(writeSafetensors(weights, { dtype: 'F32' }));
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), (at, value) => {
        const damaged = original.slice();
        damaged[at] = value;
        expect([null, 'weightsMalformed', 'weightsTruncated', 'weightsNotFinite']).toContain(
          codeOf(damaged.buffer),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('are refused with values that are not finite, and where float16 ends', () => {
    const single = (value: number): Weights => new Map([['w', { shape: [1], data: Float32Array.of(value) }]]);
    const nan = file({ w: entry(0, 4) }, 4);
    new DataView(nan).setFloat32(nan.byteLength - 4, Number.NaN, true);
    expect(() => readSafetensors(nan)).toThrow('weightsNotFinite {"name":"w"}');
    expect(() => writeSafetensors(single(Number.POSITIVE_INFINITY), { dtype: 'F32' })).toThrow(
      'weightsNotFinite',
    );
    expect(() => writeSafetensors(single(-70_000), { dtype: 'F16' })).toThrow(
      'weightsOverflow {"name":"w","value":-70000}',
    );
  });
});

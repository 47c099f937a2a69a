/**
 * Safetensors (huggingface/safetensors, README): 8 bytes with the length of the header (little-endian), the header as
 * JSON (name -> dtype, shape, offsets into the data), then the data without gaps.
 */

import { ProblemError } from '../config/problems';
import { z } from '../config/zod';
import type { Weights } from '../model/initialise';
import { bfloat16ToFloat32, float16ToFloat32, float32ToFloat16 } from './float16';

const lengthBytes = 8;
/** The reference implementation's limit. */
const longestHeader = 100_000_000;
const metadataKey = '__metadata__';

const natural = z.number().int().min(0);
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(natural),
  data_offsets: z.tuple([natural, natural]),
});
const headerSchema = z.record(z.string(), z.unknown());

const decoders: Record<string, { bytes: number; decode: (data: ArrayBuffer) => Float32Array }> = {
  F32: { bytes: 4, decode: (data) => new Float32Array(data) },
  F16: { bytes: 2, decode: (data) => float16ToFloat32(new Uint16Array(data)) },
  BF16: { bytes: 2, decode: (data) => bfloat16ToFloat32(new Uint16Array(data)) },
};

interface Entry {
  name: string;
  shape: number[];
  begin: number;
  end: number;
  decode: (data: ArrayBuffer) => Float32Array;
}

/**
 * Every tensor by name, as float32.
 * @throws ProblemError weightsTruncated, weightsMalformed or weightsNotFinite
 */
export function readSafetensors(bytes: ArrayBuffer): Weights {
  const { entries, dataStart } = readHeader(bytes);
  const weights: Weights = new Map();
  for (const { name, shape, begin, end, decode } of entries) {
    const data = decode(bytes.slice(dataStart + begin, dataStart + end));
    if (!data.every(Number.isFinite)) throw new ProblemError('weightsNotFinite', { name });
    weights.set(name, { shape, data });
  }
  return weights;
}

function readHeader(bytes: ArrayBuffer): { entries: Entry[]; dataStart: number } {
  requireBytes(bytes, lengthBytes);
  const headerBytes = Number(new DataView(bytes).getBigUint64(0, true));
  if (headerBytes > longestHeader) malformed(`its header would have ${headerBytes} bytes`);
  const dataStart = lengthBytes + headerBytes;
  requireBytes(bytes, dataStart);

  const header = headerSchema.safeParse(parseJson(new Uint8Array(bytes, lengthBytes, headerBytes)));
  if (!header.success) malformed('its header is no list of tensors');
  const entries = Object.entries(header.data)
    .filter(([name]) => name !== metadataKey)
    .map(([name, entry]) => readEntry(name, entry))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);

  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end) malformed(`${entry.name} doesn’t begin where the tensor before it ends`);
    end = entry.end;
  }
  requireBytes(bytes, dataStart + end);
  if (bytes.byteLength > dataStart + end) malformed('it goes on after the last tensor');
  return { entries, dataStart };
}

function readEntry(name: string, json: unknown): Entry {
  const parsed = entrySchema.safeParse(json);
  if (!parsed.success) malformed(`the entry of ${name} can’t be read`);
  const { dtype, shape, data_offsets } = parsed.data;
  const [begin, end] = data_offsets;
  const decoder = Object.hasOwn(decoders, dtype) ? decoders[dtype] : malformed(`${name} is ${dtype}`);
  if (end - begin !== count(shape) * decoder.bytes) {
    malformed(`${name} has ${end - begin} bytes for shape [${shape.join(', ')}]`);
  }
  return { name, shape, begin, end, decode: decoder.decode };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    malformed('its header is no JSON');
  }
}

const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

function requireBytes({ byteLength: bytes }: ArrayBuffer, needed: number) {
  if (bytes < needed) throw new ProblemError('weightsTruncated', { bytes, needed });
}

function malformed(reason: string): never {
  throw new ProblemError('weightsMalformed', { file: 'model.safetensors', reason });
}

/**
 * A file with these tensors, in their order.
 * @throws ProblemError weightsNotFinite, or weightsOverflow where a value is beyond float16's 65,504
 */
export function writeSafetensors(
  weights: Weights,
  { dtype, metadata }: { dtype: 'F16' | 'F32'; metadata?: Record<string, string> },
): ArrayBuffer {
  const header: Record<string, unknown> = metadata ? { [metadataKey]: metadata } : {};
  let end = 0;
  const parts = [...weights].map(([name, { shape, data }]) => {
    if (!data.every(Number.isFinite)) throw new ProblemError('weightsNotFinite', { name });
    const encoded = dtype === 'F16' ? toFloat16(name, data) : data;
    header[name] = { dtype, shape, data_offsets: [end, end + encoded.byteLength] };
    end += encoded.byteLength;
    return encoded;
  });
  // Blanks after the header align the data, as the format asks for.
  const json = JSON.stringify(header);
  const length = new TextEncoder().encode(json).length;
  const text = new TextEncoder().encode(json + ' '.repeat(-length & 7));

  const file = new Uint8Array(lengthBytes + text.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, lengthBytes);
  let position = lengthBytes + text.length;
  for (const { buffer, byteOffset, byteLength } of parts) {
    file.set(new Uint8Array(buffer, byteOffset, byteLength), position);
    position += byteLength;
  }
  return file.buffer;
}

function toFloat16(name: string, data: Float32Array): Uint16Array {
  const bits = float32ToFloat16(data);
  const overflow = bits.findIndex((half) => (half & 0x7fff) === 0x7c00);
  if (overflow >= 0) throw new ProblemError('weightsOverflow', { name, value: data[overflow] });
  return bits;
}

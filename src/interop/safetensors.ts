/**
 * Safetensors (huggingface/safetensors, README): 8 bytes with the length of the header (little-endian), the header as
 * JSON (name -> dtype, shape, offsets into the data), then the data without gaps.
 */
import { ProblemError } from '../config/problems';
import type { Weights } from '../model/initialise';
import { bfloat16ToFloat32, float16ToFloat32, float32ToFloat16 } from '../util/float16';
import { boundedJson } from './boundedJson';

const lengthBytes = 8;
/** Bytes of a header: a tensor takes some 150 of it, and a BERT of 24 layers has 400. */
const longestHeader = 4_194_304;
const mostDimensions = 8;
const metadataKey = '__metadata__';
const file = 'model.safetensors';

/** Bytes of a number by its type, and how it becomes float32 where it can be a weight. */
const types: Record<string, { bytes: number; decode?: (data: ArrayBuffer) => Float32Array }> = {
  F32: { bytes: 4, decode: (data) => new Float32Array(data) },
  F16: { bytes: 2, decode: (data) => float16ToFloat32(new Uint16Array(data)) },
  BF16: { bytes: 2, decode: (data) => bfloat16ToFloat32(new Uint16Array(data)) },
  F64: { bytes: 8 },
  I64: { bytes: 8 },
  I32: { bytes: 4 },
  I16: { bytes: 2 },
  I8: { bytes: 1 },
  U64: { bytes: 8 },
  U32: { bytes: 4 },
  U16: { bytes: 2 },
  U8: { bytes: 1 },
  BOOL: { bytes: 1 },
  F8_E4M3: { bytes: 1 },
  F8_E5M2: { bytes: 1 },
};

interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

/**
 * Tensors by name, as float32. The header is checked as a whole, before any of them is decoded.
 * @param wanted names; others are left out, whatever their type (a checkpoint's position ids are whole numbers). All
 * where it is absent
 * @throws ProblemError weightsTruncated, weightsMalformed or weightsNotFinite
 */
export function readSafetensors(bytes: ArrayBuffer, wanted?: ReadonlySet<string>): Weights {
  const { entries, dataStart } = readHeader(bytes);
  const weights: Weights = new Map();
  for (const { name, dtype, shape, begin, end } of entries) {
    if (wanted && !wanted.has(name)) continue;
    const { decode } = types[dtype];
    if (!decode) malformed(`${shown(name)} is ${dtype}`);
    const data = decode(bytes.slice(dataStart + begin, dataStart + end));
    if (!allFinite(data)) throw new ProblemError('weightsNotFinite', { name: shown(name) });
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

  const header = boundedJson(file, new Uint8Array(bytes, lengthBytes, headerBytes));
  if (!isObject(header)) malformed('its header is no list of tensors');
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, entry]) => readEntry(name, entry))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);

  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end) malformed(`${shown(entry.name)} doesn’t begin where the tensor before it ends`);
    end = entry.end;
  }
  requireBytes(bytes, dataStart + end);
  if (bytes.byteLength > dataStart + end) malformed('it goes on after the last tensor');
  return { entries, dataStart };
}

function readEntry(name: string, json: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = isObject(json) ? json : ({} as Record<string, unknown>);
  const isEntry =
    typeof dtype === 'string' &&
    isNaturals(shape) &&
    shape.length <= mostDimensions &&
    isNaturals(offsets) &&
    offsets.length === 2;
  if (!isEntry) malformed(`the entry of ${shown(name)} can’t be read`);
  if (!Object.hasOwn(types, dtype)) malformed(`${shown(name)} is ${shown(dtype)}`);
  const [begin, end] = offsets;
  if (end - begin !== count(shape) * types[dtype].bytes) {
    malformed(`${shown(name)} has ${end - begin} bytes for shape [${shape.join(', ')}]`);
  }
  return { name, dtype, shape, begin, end };
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
const isNaturals = (json: unknown): json is number[] =>
  Array.isArray(json) && json.every((number) => Number.isSafeInteger(number) && number >= 0);
const shown = (name: string) => name.slice(0, 100);

function allFinite(data: Float32Array): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false;
  return true;
}

const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

function requireBytes({ byteLength: bytes }: ArrayBuffer, needed: number) {
  if (bytes < needed) throw new ProblemError('weightsTruncated', { bytes, needed });
}

function malformed(reason: string): never {
  throw new ProblemError('weightsMalformed', { file, reason });
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
    if (!allFinite(data)) throw new ProblemError('weightsNotFinite', { name });
    const encoded = dtype === 'F16' ? toFloat16(name, data) : data;
    header[name] = { dtype, shape, data_offsets: [end, end + encoded.byteLength] };
    end += encoded.byteLength;
    return encoded;
  });
  // Blanks after the header align the data, as the format asks for.
  const json = JSON.stringify(header);
  const length = new TextEncoder().encode(json).length;
  const text = new TextEncoder().encode(json + ' '.repeat(-length & 7));

  const written = new Uint8Array(lengthBytes + text.length + end);
  new DataView(written.buffer).setBigUint64(0, BigInt(text.length), true);
  written.set(text, lengthBytes);
  let position = lengthBytes + text.length;
  for (const { buffer, byteOffset, byteLength } of parts) {
    written.set(new Uint8Array(buffer, byteOffset, byteLength), position);
    position += byteLength;
  }
  return written.buffer;
}

function toFloat16(name: string, data: Float32Array): Uint16Array {
  const bits = float32ToFloat16(data);
  const overflow = bits.findIndex((half) => (half & 0x7fff) === 0x7c00);
  if (overflow >= 0) throw new ProblemError('weightsOverflow', { name, value: data[overflow] });
  return bits;
}

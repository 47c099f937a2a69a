/** Messages in protobuf's wire format (protobuf.dev, encoding), as far as ONNX needs them: a message is a list of parts. */

export type Message = Uint8Array<ArrayBuffer>[];

const wire = { varint: 0, bytes: 2, fixed32: 5 };

/** A whole number in groups of seven bits, the lowest first; negative ones as 64 bits. */
function varint(value: number): number[] {
  let left = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const bits = Number(left & 127n);
    left >>= 7n;
    bytes.push(left > 0n ? bits | 128 : bits);
  } while (left > 0n);
  return bytes;
}

const key = (field: number, type: number) => varint(field * 8 + type);

export const int = (field: number, value: number): Message => [
  Uint8Array.from([...key(field, wire.varint), ...varint(value)]),
];

export const float = (field: number, value: number): Message => [
  Uint8Array.from(key(field, wire.fixed32)),
  new Uint8Array(Float32Array.of(value).buffer),
];

/** Bytes, without a copy. */
export const bytes = (field: number, value: Uint8Array<ArrayBuffer>): Message => message(field, [value]);

export const text = (field: number, value: string): Message => bytes(field, new TextEncoder().encode(value));

/** A message within another. */
export const message = (field: number, parts: Message): Message => [
  Uint8Array.from([...key(field, wire.bytes), ...varint(sizeOf(parts))]),
  ...parts,
];

const sizeOf = (parts: Message) => parts.reduce((sum, { length }) => sum + length, 0);

/** All parts, one after the other. */
export function written(parts: Message): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(sizeOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

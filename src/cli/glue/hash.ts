import { createHash } from 'node:crypto';

/** Data with the names of every object in order, so that what is equal is written alike. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, entry]) => [name, inOrder(entry)]));
};

/** Of plain data, or of bytes: 16 hexadecimal digits of its SHA-256. */
export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(value instanceof Uint8Array ? value : JSON.stringify(inOrder(value)))
    .digest('hex')
    .slice(0, 16);

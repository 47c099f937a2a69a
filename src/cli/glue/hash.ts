import { createHash } from 'node:crypto';
import { canonical } from '../../config/canonical';

/** Of plain data, or of bytes: 16 hexadecimal digits of its SHA-256. */
export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(value instanceof Uint8Array ? value : canonical(value))
    .digest('hex')
    .slice(0, 16);

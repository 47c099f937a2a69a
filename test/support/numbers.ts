import { randomStream } from '../../src/data/random';

/** `size` normal numbers, the same at every call. */
export function normals(size: number, purpose: string, scale = 1): Float32Array {
  const random = randomStream(1, 0, purpose);
  return Float32Array.from({ length: size }, () => scale * random.normal());
}

/**
 * How weights lie on the device: as Hugging Face names them, except that the three projections of self-attention are one
 * matrix [3d, d] (query, key and value one below the other), since one product of three times the width is faster than three.
 */
import type { Weights } from './initialise';

const separate = /^(.*\.attention\.self\.)(query|key|value)(\.(?:weight|bias))$/;
const joint = /^(.*\.attention\.self\.)qkv(\.(?:weight|bias))$/;
const parts = ['query', 'key', 'value'];

/** Shapes by their names on the device, in the order of the first name that goes into each. */
export function packedShapes(shapes: Record<string, number[]>): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const [, before, part, after] = separate.exec(name) ?? [];
      if (!before) return [[name, shape]];
      return part === parts[0] ? [[`${before}qkv${after}`, [3 * shape[0], ...shape.slice(1)]]] : [];
    }),
  );
}

/** Weights by their names on the device. */
export function packed(weights: Weights): Weights {
  const shapes = packedShapes(Object.fromEntries([...weights].map(([name, { shape }]) => [name, shape])));
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      let at = 0;
      for (const source of namesIn(name)) {
        const part = weights.get(source)!.data;
        data.set(part, at);
        at += part.length;
      }
      return [name, { shape, data }];
    }),
  );
}

/** A tensor on the device taken apart into those that Hugging Face names: views of `values`. */
export function partsOf(name: string, values: Float32Array): [string, Float32Array][] {
  const names = namesIn(name);
  const size = values.length / names.length;
  return names.map((own, i) => [own, values.subarray(i * size, (i + 1) * size)]);
}

/** Hugging Face's names of what lies under a name on the device. */
export function namesIn(name: string): string[] {
  const [, before, after] = joint.exec(name) ?? [];
  return before ? parts.map((part) => `${before}${part}${after}`) : [name];
}

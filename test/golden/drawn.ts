/** Weights that the golden files leave out, drawn here as tools/golden/common.py draws them. */
import type { Weights } from '../../src/model/initialise';

/** `Drawn` of common.py: whole numbers from the C library's old generator, scaled to four decimals. */
class Drawn {
  constructor(private state: number) {}

  values(count: number, center: number): Float32Array {
    return Float32Array.from({ length: count }, () => {
      this.state = (Math.imul(1103515245, this.state) + 12345) & 0x7fffffff;
      return center + 0.4 * (((this.state >> 12) % 20001) / 10000 - 1);
    });
  }
}

/** All tensors of a model by shapes in the order of the file; gains of LayerNorm about 1, all else about 0. */
export function drawnWeights(shapes: Record<string, number[]>, seed: number): Weights {
  const drawn = new Drawn(seed);
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, { shape, data: drawn.values(size, name.endsWith('LayerNorm.weight') ? 1 : 0) }];
    }),
  );
}

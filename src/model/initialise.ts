/** Weights at step 0, as typed arrays: the same bits on every backend. */

import type { Head } from '../config/heads';
import type { TeacherShape } from '../config/teachers';
import { encoderShapes, headShapes, parameterShapes } from './parameterNames';

export interface Weight {
  shape: number[];
  data: Float32Array;
}
export type Weights = Map<string, Weight>;

/** Standard deviation of BERT's initial weights. */
const initializerRange = 0.02;

/**
 * BERT's initialisation: normal(0, 0.02) for matrices and embeddings, 0 for biases, 1 for LayerNorm gains.
 * `draw(name)` gives the generator of one tensor, so that a tensor doesn't depend on those before it.
 */
export function randomWeights(
  shapes: Record<string, number[]>,
  draw: (name: string) => { normal(): number },
): Weights {
  return new Map(
    Object.entries(shapes).map(([name, dimensions]) => {
      const data = new Float32Array(dimensions.reduce((a, b) => a * b, 1));
      if (name.endsWith('LayerNorm.weight')) data.fill(1);
      else if (!name.endsWith('bias')) {
        const random = draw(name);
        for (let i = 0; i < data.length; i++) data[i] = initializerRange * random.normal();
      }
      return [name, { shape: dimensions, data }];
    }),
  );
}

/**
 * A student made of a teacher's parts (DistilBERT, section 2 and its extract script): embeddings, their LayerNorm, the
 * head, and for student block m + 1 every tensor of teacher block `blocks[m]` (counted from 1), bit for bit.
 * Token-type embeddings are left out where the student has none. `shapes` are the student's tensors: those of a masked
 * language model, or `encoderShapes(student)` where the head is to be a fresh one.
 */
export function copiedWeights(
  teacher: Weights,
  student: TeacherShape,
  blocks: number[],
  shapes: Record<string, number[]> = parameterShapes(student),
): Weights {
  const inBlock = /^bert\.encoder\.layer\.(\d+)\./;
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const source = name.replace(inBlock, (_, m) => `bert.encoder.layer.${blocks[Number(m)] - 1}.`);
      const weight = teacher.get(source);
      if (!weight || weight.data.length !== shape.reduce((a, b) => a * b, 1)) {
        throw new Error(`The teacher's ${source} doesn't fit the student's ${name}`);
      }
      return [name, { shape, data: weight.data.slice() }];
    }),
  );
}

/**
 * The encoder of `weights` (shared, not copied) under a head that has learned nothing yet: what a model starts a task with,
 * whatever it did before. `draw(name)` as in `randomWeights`.
 * @throws Error where the encoder lacks a tensor
 */
export function withFreshHead(
  weights: Weights,
  shape: TeacherShape,
  head: Head,
  draw: (name: string) => { normal(): number },
): Weights {
  const encoder = Object.keys(encoderShapes(shape)).map((name) => {
    const weight = weights.get(name);
    if (!weight) throw new Error(`The encoder has no ${name}`);
    return [name, weight] as const;
  });
  return new Map([...encoder, ...randomWeights(headShapes(shape, head), draw)]);
}

/** Ids and initial weights, drawn from seeds alone: the same for every engine. */
import type { Workload } from './workloads';

/** A tensor before it is on any device; row-major float32. */
export interface Values {
  data: Float32Array;
  shape: number[];
}

/** Uniform numbers in [0, 1) by mulberry32, a 32-bit generator. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Token ids of one step, [B · L]; the labels are the ids themselves. */
export function batchIds({ batchSize, sequenceLength, vocabularySize }: Workload, step: number): Int32Array {
  const next = uniform(1000 + step);
  return Int32Array.from({ length: batchSize * sequenceLength }, () => Math.floor(next() * vocabularySize));
}

/** Standard deviation of initial weights (BERT's). */
const spread = 0.02;

/** Normal numbers by Box and Muller, one from each two uniform ones. */
function normalValues(seed: number, shape: number[]): Values {
  const next = uniform(seed);
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < data.length; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    data[i] = spread * radius * Math.cos(2 * Math.PI * next());
  }
  return { data, shape };
}

const filled = (value: number, size: number): Values => ({
  data: new Float32Array(size).fill(value),
  shape: [size],
});

/** Weights multiply from the right: y = x W + b. (A type and no interface: trees of jax-js need an index signature.) */
export type BlockWeights<T> = {
  queryWeight: T;
  queryBias: T;
  keyWeight: T;
  keyBias: T;
  valueWeight: T;
  valueBias: T;
  outputWeight: T;
  outputBias: T;
  attentionGain: T;
  attentionBias: T;
  expandWeight: T;
  expandBias: T;
  contractWeight: T;
  contractBias: T;
  outputGain: T;
  outputNormBias: T;
};

export type EncoderWeights<T> = {
  /** [V, d], also the head's. */
  tokens: T;
  /** [L, d] */
  positions: T;
  embeddingGain: T;
  embeddingBias: T;
  /** [V] */
  headBias: T;
  blocks: BlockWeights<T>[];
};

export interface InitialWeights<T = Values> {
  teacher: EncoderWeights<T>;
  /** One per arm, each with its projection of hidden states, [d of the student, d of the teacher]. */
  students: { encoder: EncoderWeights<T>; projection: T }[];
}

/** The weights at step 0. Every matrix has a seed of its own, counted from 1 in the order in which they are drawn. */
export function initialWeights(workload: Workload): InitialWeights {
  const { vocabularySize, sequenceLength, teacher, student, arms } = workload;
  let seed = 0;
  const matrix = (...shape: number[]) => normalValues(++seed, shape);

  function block(d: number): BlockWeights<Values> {
    return {
      queryWeight: matrix(d, d),
      queryBias: filled(0, d),
      keyWeight: matrix(d, d),
      keyBias: filled(0, d),
      valueWeight: matrix(d, d),
      valueBias: filled(0, d),
      outputWeight: matrix(d, d),
      outputBias: filled(0, d),
      attentionGain: filled(1, d),
      attentionBias: filled(0, d),
      expandWeight: matrix(d, 4 * d),
      expandBias: filled(0, 4 * d),
      contractWeight: matrix(4 * d, d),
      contractBias: filled(0, d),
      outputGain: filled(1, d),
      outputNormBias: filled(0, d),
    };
  }
  function encoder({ layers, hiddenSize: d }: Workload['teacher']): EncoderWeights<Values> {
    const blocks = Array.from({ length: layers }, () => block(d));
    return {
      tokens: matrix(vocabularySize, d),
      positions: matrix(sequenceLength, d),
      embeddingGain: filled(1, d),
      embeddingBias: filled(0, d),
      headBias: filled(0, vocabularySize),
      blocks,
    };
  }
  return {
    teacher: encoder(teacher),
    students: Array.from({ length: arms }, () => ({
      encoder: encoder(student),
      projection: matrix(student.hiddenSize, teacher.hiddenSize),
    })),
  };
}

/** The same weights in another form, for instance as an engine's own tensors. */
export function mapEncoder<A, B>(weights: EncoderWeights<A>, change: (value: A) => B): EncoderWeights<B> {
  const { blocks, ...rest } = weights;
  const each = <K extends string>(values: Record<K, A>) =>
    Object.fromEntries(Object.entries<A>(values).map(([name, value]) => [name, change(value)])) as Record<
      K,
      B
    >;
  return { ...each(rest), blocks: blocks.map((block) => each<keyof BlockWeights<A>>(block)) };
}

/** All values of an encoder in a fixed order. */
export const encoderValues = <T>({ blocks, ...rest }: EncoderWeights<T>): T[] => [
  ...Object.values<T>(rest),
  ...blocks.flatMap((block) => Object.values<T>({ ...block })),
];

/**
 * Which directions of a teacher's hidden states a narrower student keeps.
 *
 * They are principal directions of the hidden states, not of the token embeddings: half as many of the latter hold more
 * of the embeddings but too little of what the layers add, and a student that starts from those learns hardly faster
 * than from random weights.
 */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { TeacherShape } from '../config/teachers';
import type { Weights } from './initialise';
import { hiddenStates, matricesOf, range, timesTransposed } from './plainStates';

export interface Directions {
  /** P [d_T, d_S]: orthonormal columns, and the mean over a row of x P is √(d_T/d_S) times that over a row of x. */
  matrix: Matrix;
  /** Share of the variance of the hidden states, each less its mean over the features, that lies in them: 0 to 1. */
  kept: number;
}

/** Tokens in a sequence that the states are taken from, at most. */
const longest = 32;
/**
 * How many sequences: with 16 of them a student of stories-4x128 was after 300 steps as near to it as with 32; with 8 it
 * was 0.02 nats further, with 4 0.06. For large teachers as many as these multiplications allow, seconds of work each.
 */
const sequences = { fewest: 4, most: 16 };
const multiplications = 5e8;

/** What directions come from, by teacher: arms share it, and every return to step 0 asks again. */
interface Sampled {
  /** Covariance of the hidden states over the features, all levels together, [d, d]. */
  covariance: Matrix;
  /** The last level, [tokens, d]. */
  last: Matrix;
  byWidth: Map<number, Directions>;
}
const known = new WeakMap<Weights, Sampled>();

/** @throws Error where the student is wider than the teacher */
export function keptDirections(teacher: Weights, shape: TeacherShape, width: number): Directions {
  if (width > shape.hiddenSize) {
    throw new Error(`${width} directions can't be kept of ${shape.hiddenSize}`);
  }
  const { covariance, byWidth } = sampled(teacher, shape);
  const directions = byWidth.get(width) ?? principalDirections(covariance, width);
  byWidth.set(width, directions);
  return directions;
}

/** The teacher's last hidden states on `sampleSequences`, [tokens, d]. */
export const lastStates = (teacher: Weights, shape: TeacherShape): Matrix => sampled(teacher, shape).last;

/**
 * Token ids of sequences for which no text is needed: even strides through the vocabulary. Directions of real sentences
 * serve students no better.
 */
export function sampleSequences(shape: TeacherShape): number[][] {
  const { layers, hiddenSize: d, intermediateSize, vocabularySize, maxPositions } = shape;
  const length = Math.min(longest, maxPositions);
  const affordable = Math.floor(multiplications / (length * layers * (4 * d * d + 2 * d * intermediateSize)));
  const count = Math.min(sequences.most, Math.max(sequences.fewest, affordable));
  return range(count).map((n) => range(length).map((i) => spread(n * length + i, vocabularySize)));
}

/** The i-th of numbers below `size` that are spread evenly however many are taken: multiples of the golden ratio. */
const spread = (i: number, size: number) => Math.floor(((i * 0.6180339887498949) % 1) * size);

/** Each state less its mean over the features, since LayerNorm takes no notice of that. */
function sampled(teacher: Weights, shape: TeacherShape): Sampled {
  const found = known.get(teacher);
  if (found) return found;
  const w = matricesOf(teacher);
  const covariance = Matrix.zeros(shape.hiddenSize, shape.hiddenSize);
  const levels = hiddenStates(w, shape, sampleSequences(shape));
  for (const states of levels) {
    const centred = states.clone().subColumnVector(states.mean('row')).transpose();
    covariance.add(timesTransposed(centred, centred));
  }
  const last = levels[shape.layers];
  covariance.div(last.rows * levels.length);
  const states = { covariance, last, byWidth: new Map<number, Directions>() };
  known.set(teacher, states);
  return states;
}

/**
 * The all-ones direction goes to the all-ones direction, so that what LayerNorm takes away is the same on both sides; the
 * other width − 1 are the principal ones. Of all rotations of these it is the one nearest to keeping `width` features
 * as they are: LayerNorm's gains and the head's GELU act on features, and of all d_T features P is the identity.
 */
export function principalDirections(covariance: Matrix, width: number): Directions {
  const d = covariance.rows;
  // The covariance has nothing along the ones; below all else, they don't get in among directions without variance.
  const withoutOnes = covariance.clone().sub(covariance.trace() / d);
  const { eigenvectorMatrix } = new EigenvalueDecomposition(withoutOnes, { assumeSymmetric: true });
  // Eigenvalues rise. U [d, width − 1]
  const principal = eigenvectorMatrix.subMatrix(0, d - 1, d - width + 1, d - 1);
  const norms = principal.to2DArray().map((row) => row.reduce((sum, v) => sum + v * v, 0));
  const features = largest(norms, width);
  // Rows [width, width − 1] that complete the ones; Procrustes (Schönemann 1966): the rotation Q = A Bᵀ that takes
  // them nearest to U on the chosen features, with A Σ Bᵀ their product.
  const complement = helmert(width);
  const product = complement.transpose().mmul(principal.selection(features, range(width - 1)));
  const { leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(product);
  const rotation = leftSingularVectors.mmul(rightSingularVectors.transpose());
  const turned = principal.mmul(complement.mmul(rotation).transpose());
  const kept = turned.transpose().mmul(covariance).mmul(turned).trace() / covariance.trace();
  return { matrix: turned.add(1 / Math.sqrt(d * width)), kept };
}

/** Indices of the `count` largest values, in order. */
export const largest = (values: readonly number[], count: number): number[] =>
  range(values.length)
    .sort((a, b) => values[b] - values[a] || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);

/** Helmert's matrix: [n, n − 1], orthonormal columns, each orthogonal to the ones. */
function helmert(n: number): Matrix {
  const matrix = new Matrix(n, n - 1);
  for (let j = 1; j < n; j++) {
    for (let i = 0; i < j; i++) matrix.set(i, j - 1, 1 / Math.sqrt(j * (j + 1)));
    matrix.set(j, j - 1, -j / Math.sqrt(j * (j + 1)));
  }
  return matrix;
}

/**
 * The encoder of `encoder.ts` once more, on plain matrices in double precision: for the few positions that a start is
 * computed from, and with the same result whatever backend trains.
 */
import { Matrix } from 'ml-matrix';
import type { TeacherShape } from '../config/teachers';
import { gelu } from '../kernels/matMul/reference';
import { bertEpsilon } from './encoder';
import type { Weights } from './initialise';

/** Tensors by name as matrices; a vector is a row. */
export type Matrices = (name: string) => Matrix;

export function matricesOf(weights: Weights): Matrices {
  const known = new Map<string, Matrix>();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    const weight = weights.get(name);
    if (!weight) throw new Error(`The teacher has no ${name}`);
    const { shape, data } = weight;
    const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
    const matrix = Matrix.from1DArray(rows, columns, data);
    known.set(name, matrix);
    return matrix;
  };
}

/** Position embeddings [longest L, d], with the embedding of the first segment added where the model has such. */
export function positionsOf(w: Matrices, { tokenTypes }: TeacherShape): Matrix {
  const positions = w('bert.embeddings.position_embeddings.weight').clone();
  return tokenTypes
    ? positions.addRowVector(w('bert.embeddings.token_type_embeddings.weight').getRow(0))
    : positions;
}

/**
 * Hidden states of sequences of one length without padding, one below the other: the embeddings' output, then that of
 * each layer, [N, d] with N = B·L.
 */
export function hiddenStates(w: Matrices, shape: TeacherShape, sequences: readonly number[][]): Matrix[] {
  const columns = range(shape.hiddenSize);
  const tokens = w('bert.embeddings.word_embeddings.weight').selection(sequences.flat(), columns);
  const places = sequences.flatMap((ids) => range(ids.length));
  const embedded = tokens.add(positionsOf(w, shape).selection(places, columns));
  let x = normalise(w, 'bert.embeddings.LayerNorm', embedded);
  const states = [x];
  for (let layer = 0; layer < shape.layers; layer++) {
    const at = `bert.encoder.layer.${layer}`;
    const context = attention(w, `${at}.attention.self`, shape.heads, x, sequences.length);
    const attended = linear(w, `${at}.attention.output.dense`, context);
    x = normalise(w, `${at}.attention.output.LayerNorm`, attended.add(x));
    const units = geluOf(linear(w, `${at}.intermediate.dense`, x));
    x = normalise(w, `${at}.output.LayerNorm`, linear(w, `${at}.output.dense`, units).add(x));
    states.push(x);
  }
  return states;
}

export const range = (length: number) => Array.from({ length }, (_, i) => i);

/** softmax(QKᵀ/√k) V, heads side by side, [N, d]. */
function attention(w: Matrices, self: string, heads: number, x: Matrix, sequences: number): Matrix {
  const [query, key, value] = ['query', 'key', 'value'].map((part) => linear(w, `${self}.${part}`, x));
  const [length, size] = [x.rows / sequences, x.columns / heads];
  const context = new Matrix(x.rows, x.columns);
  for (let row = 0; row < x.rows; row += length) {
    for (let column = 0; column < x.columns; column += size) {
      const part = (of: Matrix) => of.subMatrix(row, row + length - 1, column, column + size - 1);
      const scores = timesTransposed(part(query), part(key)).div(Math.sqrt(size));
      scores.subColumnVector(scores.max('row')).exp();
      const probabilities = scores.divColumnVector(scores.sum('row'));
      context.setSubMatrix(probabilities.mmul(part(value)), row, column);
    }
  }
  return context;
}

/** x Wᵀ + b, [N, out]. */
export const linear = (w: Matrices, name: string, x: Matrix): Matrix =>
  timesTransposed(x, w(`${name}.weight`)).addRowVector(w(`${name}.bias`));

/** a bᵀ, several times as fast as `mmul`: along rows, and with four sums that don't wait for each other. */
export function timesTransposed(a: Matrix, b: Matrix): Matrix {
  const right = rowsOf(b);
  const sums = new Float64Array(b.rows);
  const product = new Matrix(a.rows, b.rows);
  rowsOf(a).forEach((row, i) => {
    for (let j = 0; j < right.length; j += 4) {
      const b0 = right[j];
      // Past the end its place is taken by the first, whose sum falls off the end.
      const b1 = right[j + 1] ?? b0;
      const b2 = right[j + 2] ?? b0;
      const b3 = right[j + 3] ?? b0;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < row.length; k++) {
        const factor = row[k];
        s0 += factor * b0[k];
        s1 += factor * b1[k];
        s2 += factor * b2[k];
        s3 += factor * b3[k];
      }
      sums[j] = s0;
      sums[j + 1] = s1;
      sums[j + 2] = s2;
      sums[j + 3] = s3;
    }
    product.setRow(i, sums);
  });
  return product;
}

const rowsOf = (of: Matrix): Float64Array[] => of.to2DArray().map((row) => Float64Array.from(row));

export const geluOf = (x: Matrix): Matrix => x.apply((i, j) => x.set(i, j, gelu(x.get(i, j))));

/** LayerNorm without gains and biases, [N, d]. */
export function standardised(x: Matrix): Matrix {
  const centred = x.clone().subColumnVector(x.mean('row'));
  const variance = Matrix.mul(centred, centred).mean('row');
  return centred.divColumnVector(variance.map((v) => Math.sqrt(v + bertEpsilon)));
}

export const normalise = (w: Matrices, name: string, x: Matrix): Matrix =>
  standardised(x)
    .mulRowVector(w(`${name}.weight`))
    .addRowVector(w(`${name}.bias`));

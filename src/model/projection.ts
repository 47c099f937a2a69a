/**
 * A student that is narrower than its teacher and yet starts from the teacher's weights: its hidden states are y = x P
 * for the teacher's x, with P [d_T, d_S] the directions that `keptDirections` chooses. What x loses by that is taken to
 * be what the bias of the LayerNorm before has outside of P, and goes into the biases of what reads x.
 *
 * Attention keeps its heads, and of each the largest singular values of what it computes: of Wqᵀ Wk, biases included,
 * and of Wo Wv. Feed-forward layers keep the units with the largest weights. A student of the teacher's own width with
 * all its blocks is the teacher.
 */
import { Matrix } from 'ml-matrix';
import type { TeacherShape } from '../config/teachers';
import { keptDirections, largest, lastStates, sampleSequences } from './directions';
import type { Weight, Weights } from './initialise';
import { lowRankProduct } from './lowRank';
import { encoderShapes, parameterShapes } from './parameterNames';
import {
  geluOf,
  hiddenStates,
  linear,
  type Matrices,
  matricesOf,
  normalise,
  positionsOf,
  range,
  standardised,
} from './plainStates';

const transform = 'cls.predictions.transform';

interface Projecting {
  /** The teacher's tensors. */
  w: Matrices;
  teacher: TeacherShape;
  student: TeacherShape;
  /** P [d_T, d_S] */
  p: Matrix;
  /** Of LayerNorm's gains: a normalised x has d_T squares that sum to d_T, of which x P keeps a share in d_S. */
  gain: number;
}

/** The student's tensors by name. */
type Parts = Record<string, Matrix>;

/**
 * Weights of `student`, whose block m + 1 is made of teacher block `blocks[m]` (counted from 1); the same numbers at
 * every call and on every backend. `part`: with the MLM head, or the encoder alone, of a teacher that need have no such.
 * @throws Error where the student has more of something than the teacher (width, heads, a head's size, units), another
 *   number of words or positions, or needs a block that the teacher lacks
 */
export function projectedWeights(
  teacherWeights: Weights,
  teacher: TeacherShape,
  student: TeacherShape,
  blocks: readonly number[],
  part: 'model' | 'encoder' = 'model',
): Weights {
  refuseMisfit(teacher, student, blocks);
  const { matrix: p, kept } = keptDirections(teacherWeights, teacher, student.hiddenSize);
  const gain = Math.sqrt((kept * teacher.hiddenSize) / student.hiddenSize);
  const c: Projecting = { w: matricesOf(teacherWeights), teacher, student, p, gain };
  const parts = embeddings(c);
  let before = 'bert.embeddings.LayerNorm';
  blocks.forEach((block, m) => {
    const from = `bert.encoder.layer.${block - 1}`;
    Object.assign(parts, transformer(c, from, `bert.encoder.layer.${m}`, before));
    before = `${from}.output.LayerNorm`;
  });
  if (part === 'model') {
    Object.assign(parts, head(c, before));
    Object.assign(parts, fittedNorm(c, parts, lastStates(teacherWeights, teacher)));
  }
  const shapes = part === 'model' ? parameterShapes(student) : encoderShapes(student);
  return new Map(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { shape, data: Float32Array.from(parts[name].to1DArray()) },
    ]),
  );
}

/** P as TinyBERT's W_h [d_T, d_S] for a student of this width: the teacher's hidden states are near y Pᵀ. */
export function widening(teacherWeights: Weights, teacher: TeacherShape, width: number): Weight {
  const { matrix } = keptDirections(teacherWeights, teacher, width);
  return { shape: [matrix.rows, matrix.columns], data: Float32Array.from(matrix.to1DArray()) };
}

function refuseMisfit(teacher: TeacherShape, student: TeacherShape, blocks: readonly number[]) {
  const sizes = (shape: TeacherShape) => ({
    hiddenSize: shape.hiddenSize,
    heads: shape.heads,
    headSize: shape.hiddenSize / shape.heads,
    intermediateSize: shape.intermediateSize,
  });
  const [most, wanted] = [sizes(teacher), sizes(student)];
  for (const size of Object.keys(most) as (keyof typeof most)[]) {
    if (wanted[size] > most[size]) {
      throw new Error(`The student's ${size} of ${wanted[size]} can't be projected from ${most[size]}`);
    }
  }
  for (const size of ['vocabularySize', 'maxPositions'] as const) {
    if (student[size] !== teacher[size]) {
      throw new Error(`The student's ${size} of ${student[size]} is not the teacher's ${teacher[size]}`);
    }
  }
  if (blocks.length !== student.layers || blocks.some((block) => !(block >= 1 && block <= teacher.layers))) {
    throw new Error(`Blocks ${blocks} of ${teacher.layers} don't make ${student.layers}`);
  }
}

function embeddings(c: Projecting): Parts {
  const { w, p, teacher, student } = c;
  const types = 'bert.embeddings.token_type_embeddings.weight';
  // Where the student has no token types, what they add for a first segment goes with the positions.
  const apart = teacher.tokenTypes && student.tokenTypes;
  const positions = apart ? w('bert.embeddings.position_embeddings.weight') : positionsOf(w, teacher);
  return {
    'bert.embeddings.word_embeddings.weight': w('bert.embeddings.word_embeddings.weight').mmul(p),
    'bert.embeddings.position_embeddings.weight': positions.mmul(p),
    [types]: apart ? w(types).mmul(p) : Matrix.zeros(2, student.hiddenSize),
    ...layerNorm(c, 'bert.embeddings.LayerNorm', 'bert.embeddings.LayerNorm'),
  };
}

/** Block `to` of the student from block `from` of the teacher; `before` is the LayerNorm that it reads. */
function transformer(c: Projecting, from: string, to: string, before: string): Parts {
  const { w, p, student } = c;
  const middle = `${from}.attention.output.LayerNorm`;
  const up = reading(c, `${from}.intermediate.dense`, middle);
  const down = w(`${from}.output.dense.weight`);
  const squares = (of: Matrix) => Matrix.mul(of, of).sum('row');
  const outgoing = squares(down.transpose());
  const importance = squares(w(`${from}.intermediate.dense.weight`)).map((square, i) => square * outgoing[i]);
  const units = largest(importance, student.intermediateSize);
  return {
    ...attention(c, from, to, before),
    ...layerNorm(c, middle, `${to}.attention.output.LayerNorm`),
    [`${to}.intermediate.dense.weight`]: up.weight.selection(units, range(student.hiddenSize)),
    [`${to}.intermediate.dense.bias`]: up.bias.selection([0], units),
    [`${to}.output.dense.weight`]: p.transpose().mmul(down.selection(range(down.rows), units)),
    [`${to}.output.dense.bias`]: w(`${from}.output.dense.bias`).mmul(p),
    ...layerNorm(c, `${from}.output.LayerNorm`, `${to}.output.LayerNorm`),
  };
}

function attention(c: Projecting, from: string, to: string, before: string): Parts {
  const { w, p, teacher, student } = c;
  const [query, key, value] = ['query', 'key', 'value'].map((part) =>
    reading(c, `${from}.attention.self.${part}`, before),
  );
  const output = w(`${from}.attention.output.dense.weight`);
  const size = teacher.hiddenSize / teacher.heads;
  const ownSize = student.hiddenSize / student.heads;
  const rowsOf = (of: Matrix, h: number) => of.subMatrix(h * size, (h + 1) * size - 1, 0, of.columns - 1);
  const heads = range(teacher.heads).map((h) => ({
    read: rowsOf(value.weight, h),
    written: p.transpose().mmul(rowsOf(output.transpose(), h).transpose()),
  }));
  const importance = heads.map(({ read, written }) => written.mmul(read).norm());
  const result = {
    query: new Matrix(student.hiddenSize, student.hiddenSize + 1),
    key: new Matrix(student.hiddenSize, student.hiddenSize + 1),
    value: new Matrix(student.hiddenSize, student.hiddenSize),
    output: new Matrix(student.hiddenSize, student.hiddenSize),
  };
  largest(importance, student.heads).forEach((h, own) => {
    const at = own * ownSize;
    // Scores are divided by the root of a head's size.
    const biased = ({ weight, bias }: Linear) => rowsOf(weight.clone().addColumn(bias), h);
    const queries = biased(query)
      .transpose()
      .mul(Math.sqrt(ownSize / size));
    const [ownQueries, ownKeys] = lowRankProduct(queries, biased(key), ownSize);
    result.query.setSubMatrix(ownQueries.transpose(), at, 0);
    result.key.setSubMatrix(ownKeys, at, 0);
    const [written, read] = lowRankProduct(heads[h].written, heads[h].read, ownSize);
    result.value.setSubMatrix(read, at, 0);
    result.output.setSubMatrix(written, 0, at);
  });
  const self = `${to}.attention.self`;
  const d = student.hiddenSize;
  const parted = (name: string, of: Matrix): Parts => ({
    [`${name}.weight`]: of.subMatrix(0, d - 1, 0, d - 1),
    [`${name}.bias`]: of.subMatrix(0, d - 1, d, d).transpose(),
  });
  // Each query's probabilities sum to 1: a constant that all values share is a constant of the output.
  const constant = value.bias.mmul(output.transpose()).add(w(`${from}.attention.output.dense.bias`));
  return {
    ...parted(`${self}.query`, result.query),
    ...parted(`${self}.key`, result.key),
    [`${self}.value.weight`]: result.value,
    [`${self}.value.bias`]: Matrix.zeros(1, d),
    [`${to}.attention.output.dense.weight`]: result.output,
    [`${to}.attention.output.dense.bias`]: constant.mmul(p),
  };
}

/** The head but for its LayerNorm. Its units become combinations of the teacher's. */
function head(c: Projecting, before: string): Parts {
  const { w, p } = c;
  const { weight, bias } = reading(c, `${transform}.dense`, before);
  return {
    [`${transform}.dense.weight`]: p.transpose().mmul(weight),
    [`${transform}.dense.bias`]: bias.mmul(p),
    'cls.predictions.bias': w('cls.predictions.bias'),
  };
}

/**
 * The head's LayerNorm. GELU does not commute with P, so the student's units carry only part of what the teacher's say.
 * Gain and bias of each feature are therefore those that come nearest to the teacher's, in least squares over a sample: a
 * feature that is little related to the teacher's says little, where otherwise it would be wrong with confidence.
 * @param last the teacher's hidden states, [tokens, d_T]
 */
function fittedNorm({ w, p, teacher, student }: Projecting, parts: Parts, last: Matrix): Parts {
  const own: Matrices = (name) => parts[name];
  const states = hiddenStates(own, student, sampleSequences(teacher))[student.layers];
  const units = standardised(geluOf(linear(own, `${transform}.dense`, states)));
  const wanted = normalise(w, `${transform}.LayerNorm`, geluOf(linear(w, `${transform}.dense`, last))).mmul(
    p,
  );
  const [unitMeans, wantedMeans] = [units.mean('column'), wanted.mean('column')];
  units.subRowVector(unitMeans);
  const covariances = wanted.subRowVector(wantedMeans).mul(units).sum('column');
  const variances = units.mul(units).sum('column');
  const gains = covariances.map((covariance, i) => (variances[i] > 0 ? covariance / variances[i] : 0));
  return {
    [`${transform}.LayerNorm.weight`]: Matrix.rowVector(gains),
    [`${transform}.LayerNorm.bias`]: Matrix.rowVector(
      wantedMeans.map((mean, i) => mean - gains[i] * unitMeans[i]),
    ),
  };
}

interface Linear {
  /** [out, in] */
  weight: Matrix;
  /** [1, out] */
  bias: Matrix;
}

/** A linear layer that reads y instead of x, the output of the LayerNorm `before`: W x + b ≈ (W P) y + W lost + b. */
function reading({ w, p }: Projecting, name: string, before: string): Linear {
  const weight = w(`${name}.weight`);
  const shift = w(`${before}.bias`);
  const lost = Matrix.sub(shift, shift.mmul(p).mmul(p.transpose()));
  return { weight: weight.mmul(p), bias: lost.mmul(weight.transpose()).add(w(`${name}.bias`)) };
}

/** A diagonal of gains can't be rotated: each feature gets the mean of the teacher's gains that goes into it. */
function layerNorm({ w, p, gain }: Projecting, from: string, to: string): Parts {
  return {
    [`${to}.weight`]: w(`${from}.weight`).mmul(Matrix.mul(p, p)).mul(gain),
    [`${to}.bias`]: w(`${from}.bias`).mmul(p),
  };
}

/**
 * Statements about distillation that can be checked by numbers. Each has a number, with which the names of the tests that
 * hold it begin, wherever they are; those that belong to no other file are tested here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { methods } from '../../src/methods/all';
import type { Method } from '../../src/methods/method';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import { normals } from '../support/numbers';
import { type Given, sumOf } from './comparing';

/** Where each statement is tested, below `test/`. */
const held: Record<number, string[]> = {
  1: ['methods/describeDistilbert.ts'],
  2: ['methods/describeDistilbert.ts'],
  3: ['methods/describeDistilbert.ts', 'kernels/describeVocabularyLoss.ts'],
  4: ['methods/checklist.test.ts'],
  5: ['methods/describeDistilbert.ts'],
  6: ['methods/describeDistilbert.ts'],
  7: ['methods/describeDistilbert.ts'],
  8: ['methods/describeDistilbert.ts'],
  9: ['methods/describeDistilbert.ts'],
  10: ['data/masking.test.ts'],
  11: ['data/masking.test.ts'],
  12: ['model/initialise.test.ts'],
  13: ['model/parameterNames.test.ts'],
  14: ['train/accumulation.test.ts'],
  15: ['optim/schedule.test.ts'],
  16: ['config/mapping.test.ts', 'methods/tinybert.test.ts'],
  17: ['methods/describeTinybert.ts'],
  18: ['methods/describeTinybert.ts', 'methods/checklist.test.ts'],
  19: ['train/describeTasks.ts'],
  20: ['augment/golden.test.ts', 'augment/variants.test.ts'],
  21: ['methods/checklist.test.ts'],
  22: ['kernels/describeDecoupledLoss.ts', 'methods/checklist.test.ts'],
  23: ['kernels/describeDivergence.ts', 'methods/checklist.test.ts'],
  24: ['kernels/describeStandardisedLoss.ts', 'methods/checklist.test.ts'],
  // Where the learned temperature begins; of int8 and of pruning see below.
  25: ['methods/checklist.test.ts'],
};

/** Statements about what the project does not have yet. */
const open: Record<number, string> = {
  25: 'the error of int8, and the midpoint of a cubic schedule of sparsity',
};

const numbers = Array.from({ length: 25 }, (_, i) => i + 1);
const folder = new URL('../', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, folder), 'utf8');
/** A test whose name, perhaps on a line of its own, begins with a statement's number. */
const naming = (number: number) => new RegExp(`(?:^|[(\\s])['"\`]golden ${number}: `);

describe('the checklist', () => {
  it('has every statement in the name of a test, or among those that are open', () => {
    expect(numbers.filter((number) => !held[number] && !open[number])).toEqual([]);
    for (const [number, files] of Object.entries(held)) {
      for (const file of files) expect(text(file), `${number} in ${file}`).toMatch(naming(Number(number)));
    }
  });

  it('knows every test that names a statement', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const found = files.flatMap((file) => {
      const source = text(file);
      return numbers.filter((number) => naming(number).test(source)).map((number) => `${number} ${file}`);
    });
    const listed = Object.entries(held).flatMap(([number, files]) =>
      files.map((file) => `${number} ${file}`),
    );
    expect(found.sort()).toEqual(listed.sort());
  });
});

const [N, V, d] = [6, 9, 5];
const matrix = (name: string, columns: number, scale = 2) =>
  tf.tensor2d(
    normals(N * columns, name).map((v) => scale * v),
    [N, columns],
  );
const even = () => tf.fill([N], 1 / N) as tf.Tensor1D;
const gold = () =>
  tf.tensor1d(
    Array.from({ length: N }, (_, n) => (3 * n) % V),
    'int32',
  );
const value = async (x: tf.Tensor) => (await x.data())[0];

function lossOf(id: keyof typeof methods, term: string, given: Omit<Given, 'terms'>) {
  return sumOf(methods[id] as Method, term, { ...given, terms: [term] });
}

/** A term of predictions at `T`, of given logits. */
const ofLogits = (
  id: keyof typeof methods,
  term: string,
  [student, teacher]: [tf.Tensor2D, tf.Tensor2D],
  given: Partial<Omit<Given, 'terms'>> = {},
) =>
  lossOf(id, term, {
    student: { logits: student },
    teacher: { logits: teacher, targets: teacher },
    rows: {
      shares: even(),
      gold: gold(),
      predictionShares: tf.stack([even(), even()]) as tf.Tensor2D,
    },
    shapes: { student: { layers: 1 } },
    ...given,
  });

describeOn('wasm', 'a method', () => {
  it('golden 4: TinyBERT’s mean over the elements is the true cross-entropy divided by the number of words', async () => {
    const logits: [tf.Tensor2D, tf.Tensor2D] = [matrix('student', V), matrix('teacher', V)];
    const of = (predictionMean: string) =>
      value(ofLogits('tinybert', 'pred', logits, { plan: { choices: { predictionMean } } }));
    const truth = tf.softmax(logits[1]).mul(tf.logSoftmax(logits[0])).sum().div(-N);
    closeTo([await of('rows')], [await value(truth)], 1e-5);
    closeTo([(await of('elements')) * V], [await of('rows')], 1e-5);
  });

  it('golden 18: scores moved by c cost c² before the softmax and nothing after it', async () => {
    const teacher = tf.tensor4d(normals(2 * 4 * 4, 'scores'), [1, 2, 4, 4]);
    const loss = (attention: string) =>
      lossOf('tinybert', 'attn', {
        student: { scores: [teacher.add(3) as tf.Tensor4D] },
        teacher: { scores: [teacher] },
        batch: { attentionMask: tf.ones([1, 4]) },
        shapes: { student: { layers: 1 } },
        plan: { mapping: [1], choices: { attention } },
      });
    closeTo([await value(loss('scores'))], [9], 1e-5);
    expect(await value(loss('probabilities'))).toBeLessThan(1e-12);
    const divergence = lossOf('minilm', 'attnKl', {
      student: { scores: [teacher.add(3) as tf.Tensor4D] },
      teacher: { scores: [teacher] },
      batch: { attentionMask: tf.ones([1, 4]) },
    });
    expect(Math.abs(await value(divergence))).toBeLessThan(1e-6);
  });

  it('golden 21: of unit vectors PKD’s mean of squares is 2 (1 − cos) / d', async () => {
    const [student, teacher] = [matrix('student', d), matrix('teacher', d)];
    // Each row a sequence of one token.
    const loss = lossOf('pkd', 'patient', {
      student: { states: [student, student] },
      teacher: { states: [teacher, teacher] },
      batch: { batchSize: N, sequenceLength: 1, sequenceShares: even() },
      plan: { mapping: [1, 1] },
    });
    const unit = (x: tf.Tensor2D) => x.div(x.norm('euclidean', 1, true));
    const distance = tf.sub(1, unit(student).mul(unit(teacher)).sum(1)).mean();
    closeTo([await value(loss)], [(2 * (await value(distance))) / d], 1e-5);
  });

  it('golden 22: L_ce = L_TCKD + (1 − p_t) L_NCKD, row by row', async () => {
    const [student, teacher] = [matrix('student', V), matrix('teacher', V)];
    const T = 2;
    const p = tf.softmax(teacher.div(T)).mul(tf.oneHot(gold(), V).cast('float32')).sum(1) as tf.Tensor1D;
    const loss = (id: 'distilbert' | 'dkd', term: string, shares: tf.Tensor1D) =>
      value(
        ofLogits(id, term, [student, teacher], {
          temperature: T,
          rows: { shares, gold: gold(), predictionShares: tf.stack([shares, even()]) as tf.Tensor2D },
        }),
      );
    const others = tf.sub(1, p).mul(even()) as tf.Tensor1D;
    const sum = (await loss('dkd', 'tckd', even())) + (await loss('dkd', 'nckd', others));
    closeTo([sum], [await loss('distilbert', 'ce', even())], 1e-5);
  });

  it('golden 23: L_JSD at β = 1/2 is symmetric and at most ln 2; L_JSD / β goes to L_ce at T = 1', async () => {
    const [one, other] = [matrix('student', V, 6), matrix('teacher', V, 6)];
    const of = (beta: number, logits: [tf.Tensor2D, tf.Tensor2D]) =>
      value(
        ofLogits('jsd', 'jsd', logits, {
          scalars: { beta: tf.tensor1d([beta]) },
          plan: { choices: { divergenceScale: 'asIs' } },
        }),
      );
    const half = await of(0.5, [one, other]);
    closeTo([await of(0.5, [other, one])], [half], 1e-5);
    expect(half).toBeGreaterThan(0.1);
    expect(half).toBeLessThanOrEqual(Math.LN2);
    const near: [tf.Tensor2D, tf.Tensor2D] = [matrix('student', V, 1), matrix('teacher', V, 1)];
    closeTo([(await of(1e-3, near)) / 1e-3], [await value(ofLogits('distilbert', 'ce', near))], 1e-2);
  });

  it('golden 24: standardised, L_z is the same for a z + b of either side', async () => {
    const [student, teacher] = [matrix('student', V), matrix('teacher', V)];
    const of = (logits: [tf.Tensor2D, tf.Tensor2D]) =>
      value(ofLogits('standardised', 'zscore', logits, { temperature: 2 }));
    const moved = (z: tf.Tensor2D) => z.mul(3).add(5) as tf.Tensor2D;
    const loss = await of([student, teacher]);
    expect(loss).toBeGreaterThan(0.01);
    closeTo([await of([moved(student), teacher]), await of([student, moved(teacher)])], [loss, loss], 1e-4);
  });

  it('golden 25: CTKD’s temperature begins at 15.62', async () => {
    const method = methods.ctkd as Method;
    const { start } = method.extra!.parameters({} as never)['ctkd.theta'];
    const logits: [tf.Tensor2D, tf.Tensor2D] = [matrix('student', V), matrix('teacher', V)];
    const given: Omit<Given, 'terms'> = {
      student: { logits: logits[0] },
      teacher: { targets: logits[1] },
      rows: { shares: even() },
      scalars: { reversal: tf.tensor1d([0]) },
      extras: { 'ctkd.theta': tf.tensor1d([Number(start)]) },
    };
    const temperature = await value(sumOf(method, 'learnedT', { ...given, terms: ['ctkd'] }));
    expect(temperature).toBeCloseTo(15.62, 2);
    const fixed = await value(ofLogits('distilbert', 'ce', logits, { temperature }));
    closeTo([await value(lossOf('ctkd', 'ctkd', given))], [fixed], 1e-5);
  });
});

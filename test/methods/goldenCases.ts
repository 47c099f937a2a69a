/** The cases of methods.json as comparisons of the methods that they are of. */
import * as tf from '@tensorflow/tfjs';
import type { methods as records } from '../../src/methods/all';
import { caseOf, casesOf, type InputName, type MethodCase, methods } from '../golden/methods';
import type { Given } from './comparing';

const { mask, labels, gold, lengths, sizes } = methods;

/** The gradients' tensors by name where they are differentiated for, the goldens' inputs elsewhere. */
export type Inputs = (name: InputName) => tf.Tensor;

/** Each row's share in a mean over the rows that count. */
function sharesOf(positions: 'all' | 'masked') {
  const counted = positions === 'all' ? mask : labels.map((label) => +(label >= 0));
  return tf.tensor1d(counted).div(counted.reduce((a, b) => a + b)) as tf.Tensor1D;
}

/** A golden value times a number, with its gradients. */
const scaled = (golden: MethodCase, by: number): MethodCase => ({
  ...golden,
  value: golden.value * by,
  gradients: Object.fromEntries(
    Object.entries(golden.gradients).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((v) => v * by) },
    ]),
  ),
});

export const ids = (values: number[]) => tf.tensor1d(values, 'int32');

export function rows(positions: 'all' | 'masked' = 'all') {
  const shares = sharesOf(positions);
  return {
    labels: ids(labels.map((label) => Math.max(-1, label))),
    gold: ids(gold.map((id, row) => (mask[row] === 0 ? -1 : id))),
    shares,
    predictionShares: tf.stack([shares, sharesOf('masked')]) as tf.Tensor2D,
  };
}

export const batch = () => ({
  batchSize: sizes.B,
  sequenceLength: sizes.L,
  attentionMask: tf.tensor2d(mask, [sizes.B, sizes.L]),
  tokenShares: sharesOf('all'),
  sequenceShares: tf.fill([sizes.B], 1 / lengths.length) as tf.Tensor1D,
});

/** A case of a term as a comparison of its method. */
export interface Golden {
  method: keyof typeof records;
  term: string;
  golden: MethodCase;
  given: (inputs: Inputs) => Omit<Given, 'terms'>;
}

/** Terms of predictions: logits of both sides. */
function predictions(
  method: Golden['method'],
  term: string,
  golden: MethodCase,
  given: Partial<Omit<Given, 'terms'>> & { positions?: 'all' | 'masked' } = {},
): Golden {
  const { positions, ...others } = given;
  return {
    method,
    term,
    golden,
    given: (at) => ({
      student: { logits: at('studentLogits') as tf.Tensor2D },
      teacher: {
        logits: at('teacherLogits') as tf.Tensor2D,
        targets: at('teacherLogits') as tf.Tensor2D,
        guesses: at('teacherLogits').argMax(1) as tf.Tensor1D,
      },
      rows: rows(positions),
      ...others,
    }),
  };
}

function ofPredictions(): Golden[] {
  const soft = casesOf('ce').map((golden): Golden => {
    const { form, factor, positions, studentTemperature, teacherTemperature } = golden.settings;
    const plan = {
      choices: {
        softForm: form === 'kl' ? 'divergence' : 'crossEntropy',
        softScale: factor === 1 ? 'none' : 'squaredTemperature',
      },
    };
    return {
      ...predictions('distilbert', 'ce', golden),
      // A temperature of the teacher's own is in its logits: train/armShares.ts.
      given: (at) => ({
        student: { logits: at('studentLogits') as tf.Tensor2D },
        teacher: { targets: at('teacherLogits').mul(studentTemperature / teacherTemperature) as tf.Tensor2D },
        rows: rows(positions),
        plan,
        temperature: studentTemperature,
      }),
    };
  });
  return [
    ...soft,
    predictions('distilbert', 'mlm', caseOf('mlm')),
    ...casesOf('mse').map((golden) => predictions('distilbert', 'mse', golden, golden.settings)),
    ...casesOf('pred').map((golden) =>
      predictions('tinybert', 'pred', golden, {
        temperature: golden.settings.temperature,
        plan: { choices: { predictionMean: golden.settings.mean === 'rows' ? 'rows' : 'elements' } },
        shapes: { student: { layers: 2 } },
      }),
    ),
    ...casesOf('pseudo').map((golden) => predictions('pseudo-labels', 'pseudo', golden, golden.settings)),
    ...casesOf('tckd').map((golden) => predictions('dkd', 'tckd', golden, golden.settings)),
    ...casesOf('nckd').map((golden) => predictions('dkd', 'nckd', golden, golden.settings)),
    ...casesOf('standardised').map((golden) =>
      predictions('standardised', 'zscore', golden, golden.settings),
    ),
    ...casesOf('jsd').map((golden): Golden => {
      const { beta, temperature, positions } = golden.settings;
      const plan = { choices: { divergenceScale: 'asIs' } };
      const made = predictions('jsd', 'jsd', golden, { temperature, positions, plan });
      return { ...made, given: (at) => ({ ...made.given(at), scalars: { beta: tf.tensor1d([beta]) } }) };
    }),
    // By the scale that runs continuously from one end to the other: divided by β (1 − β) in between.
    ...casesOf('jsd', { temperature: 2, positions: 'all' }).map((golden): Golden => {
      const { beta, temperature } = golden.settings;
      const scale = beta === 0 || beta === 1 ? 1 : 1 / (beta * (1 - beta));
      const made = predictions('jsd', 'jsd', scaled(golden, scale), { temperature });
      return { ...made, given: (at) => ({ ...made.given(at), scalars: { beta: tf.tensor1d([beta]) } }) };
    }),
    ...casesOf('annealing').map((golden): Golden => {
      const made = predictions('annealing', 'anneal', golden);
      const scalars = () => ({ phi: tf.tensor1d([golden.settings.phi]) });
      return { ...made, given: (at) => ({ ...made.given(at), scalars: scalars() }) };
    }),
    ...casesOf('ctkd').map((golden): Golden => {
      const made = predictions('ctkd', 'ctkd', golden);
      return {
        ...made,
        given: (at) => ({
          ...made.given(at),
          scalars: { reversal: tf.tensor1d([golden.settings.lambda]) },
          extras: { 'ctkd.theta': at('theta') },
        }),
      };
    }),
  ];
}

const levels = [0, 1, 2] as const;

function ofStates(): Golden[] {
  // TinyBERT has no losses without a projection.
  const projected = [...casesOf('embd'), ...casesOf('hidn')].filter(
    ({ settings }) => settings.projection !== 'none',
  );
  return [
    ...projected.map((golden): Golden => {
      const { width, projection, padding } = golden.settings;
      const side = width === 'narrow' ? 'studentHidden' : 'wideStudentHidden';
      const shared = width === 'narrow' ? 'projection0' : 'wideProjection';
      return {
        method: 'tinybert',
        term: golden.term,
        golden,
        given: (at) => ({
          student: { states: levels.map((level) => at(`${side}${level}`) as tf.Tensor2D) },
          teacher: { states: levels.map((level) => at(`teacherHidden${level}`) as tf.Tensor2D) },
          batch: batch(),
          shapes: { student: { layers: 2 } },
          plan: { choices: { projection, padding } },
          extras: Object.fromEntries(
            (['weight', 'bias'] as const).flatMap((part) => [
              [`fit_dense.${part}`, at(`${shared}.${part}` as InputName)],
              ...levels.map((level) => [`fit_dense_${level}.${part}`, at(`projection${level}.${part}`)]),
            ]),
          ),
        }),
      };
    }),
    {
      method: 'distilbert',
      term: 'cos',
      golden: caseOf('cos'),
      given: (at) => ({
        student: { hidden: at('wideStudentHidden2') as tf.Tensor2D },
        teacher: { hidden: at('teacherHidden2') as tf.Tensor2D },
        batch: batch(),
      }),
    },
    ...casesOf('pkd').map(
      (golden): Golden => ({
        method: 'pkd',
        term: 'patient',
        golden,
        given: (at) => ({
          student: { states: levels.map((level) => at(`wideStudentHidden${level}`) as tf.Tensor2D) },
          teacher: { states: levels.map((level) => at(`teacherHidden${level}`) as tf.Tensor2D) },
          batch: batch(),
          // Both levels lie below the student's last layer.
          plan: {
            mapping: [1, 2, 2],
            choices: { patience: golden.settings.normalised ? 'normalised' : 'asIs' },
          },
        }),
      }),
    ),
  ];
}

function ofAttention(): Golden[] {
  return [
    ...casesOf('attn').map((golden): Golden => {
      const { transform, padding, heads, teacherHeads } = golden.settings;
      const side = teacherHeads === 2 ? 'teacherScores' : 'threeHeadScores';
      return {
        method: 'tinybert',
        term: 'attn',
        golden,
        given: (at) => ({
          student: { scores: ([0, 1] as const).map((m) => at(`studentScores${m}`) as tf.Tensor4D) },
          teacher: { scores: ([0, 1] as const).map((m) => at(`${side}${m}`) as tf.Tensor4D) },
          batch: batch(),
          shapes: { student: { layers: 2 } },
          plan: {
            choices: { attention: transform, padding, heads: Array.isArray(heads) ? 'paired' : heads },
            lists: Array.isArray(heads) ? { headPairs: heads.map((head) => head + 1) } : {},
          },
        }),
      };
    }),
    ...(['attention', 'values'] as const).map(
      (part): Golden => ({
        method: 'minilm',
        term: part === 'attention' ? 'attnKl' : 'valueKl',
        golden: caseOf('minilm', { part, mean: 'sequences' }),
        given: (at) => ({
          student: { scores: [at('studentScores1') as tf.Tensor4D], qkv: qkv(at, 'student') },
          teacher: { scores: [at('teacherScores1') as tf.Tensor4D], qkv: qkv(at, 'teacher') },
          batch: batch(),
          shapes: { student: { heads: sizes.H } },
        }),
      }),
    ),
    ...(['queries', 'keys', 'values'] as const).map(
      (relation): Golden => ({
        method: 'minilmv2',
        term: { queries: 'relQ', keys: 'relK', values: 'relV' }[relation],
        golden: caseOf('minilmv2', { relation }),
        given: (at) => relationsOf(at, 2),
      }),
    ),
  ];
}

export const qkv = (at: Inputs, side: 'student' | 'teacher') =>
  tf.concat([at(`${side}Queries`), at(`${side}Keys`), at(`${side}Values`)], 1) as tf.Tensor2D;

export const relationsOf = (at: Inputs, relationHeads: number) => ({
  student: { qkv: qkv(at, 'student') },
  teacher: { qkv: qkv(at, 'teacher') },
  batch: batch(),
  plan: { dials: { relationHeads } },
});

export const goldens = [...ofPredictions(), ...ofStates(), ...ofAttention()];

/**
 * TinyBERT (Jiao et al. 2020, arXiv:1909.10351, section 3.1; general_distill.py, task_distill.py and modeling.py in
 * huawei-noah/Pretrained-Language-Model/TinyBERT): embeddings, hidden states and attention, layer by layer, then the
 * predictions. Student layer m of M learns from the teacher's layer g(m), by the plan's mapping; layer 0 is the output of the
 * embeddings, and g(0) = 0.
 *
 * A loss of several layers is their sum, each with its weight λ_m. Where paper and program differ the program is followed,
 * and the paper is a choice.
 */
import type * as tf from '@tensorflow/tfjs';
import {
  type Comparison,
  type ExtraParameter,
  type MeanOver,
  method,
  type Pair,
  type PlanLike,
  type Shares,
} from './method';
import { equalHeads } from './misfits';
import type { Ops } from './ops';
import { choiceOf } from './plan';

const choices = {
  /** One biased linear layer for all levels, as in the code, or the paper's W_e and W_h for every level. */
  projection: ['shared', 'perLevel'],
  /** Attention scores before the softmax (paper, equation 7, and code), or the probabilities after it. */
  attention: ['scores', 'probabilities'],
  /** Whether padding counts in the means, as in the code, where it dilutes the losses. */
  padding: ['counted', 'leftOut'],
  /** Head with head; or the means over heads, which any two numbers of heads have; or pairs that a list names. */
  heads: ['each', 'mean', 'paired'],
  /** The paper's cross-entropy, or the code's, whose mean runs over the words too and so divides by V. */
  predictionMean: ['rows', 'elements'],
  /** Another draw of the teacher's layers in each epoch (the idea of RAIL-KD, arXiv:2109.10164). */
  layers: ['fixed', 'drawn'],
} as const;

const choice = (plan: PlanLike, name: keyof typeof choices) => choiceOf({ choices }, plan, name);

/** The projection's names in TinyBERT's program; level m of a projection per level is `fit_dense_m`. */
export const projectionNames = { weight: 'fit_dense.weight', bias: 'fit_dense.bias' } as const;

/**
 * Where the projection of a student's level m lies, `fit_dense` or `fit_dense_m`, if the plan trains it: a term with a weight
 * reads it. Null where none does.
 */
export function trainedProjection(plan: PlanLike, level: number): string | null {
  const has = (term: 'embd' | 'hidn') => (plan.weights[term] ?? 0) > 0;
  if (choice(plan, 'projection') === 'shared') return has('embd') || has('hidn') ? 'fit_dense' : null;
  return has(level === 0 ? 'embd' : 'hidn') ? `fit_dense_${level}` : null;
}

/** The teacher's hidden state for each of the student's, the embeddings' output first: g(0) = 0, g(1), …, g(M). */
export const hiddenLevels = (mapping: readonly number[]): number[] => [0, ...mapping];

const mean = (all: MeanOver, tokens: MeanOver) => (plan: PlanLike) =>
  choice(plan, 'padding') === 'counted' ? all : tokens;

export const tinybert = method({
  paper: {
    title: 'TinyBERT: Distilling BERT for Natural Language Understanding',
    authors: 'Jiao, Yin, Shang, Jiang, Chen, Li, Wang, Liu',
    year: 2020,
    arxiv: '1909.10351',
  },
  choices,
  lists: {
    lambda: {
      symbol: 'λ_m',
      min: 0,
      max: 100,
      integer: false,
      initial: ({ student }) => Array.from({ length: student.layers + 1 }, () => 1),
    },
    headPairs: {
      symbol: 'p(h)',
      min: 1,
      max: 16,
      integer: true,
      initial: ({ student, teacher }) =>
        Array.from({ length: student.heads }, (_, h) => 1 + Math.floor((h * teacher.heads) / student.heads)),
    },
  },
  readBy: {
    projection: ['embd', 'hidn'],
    attention: ['attn'],
    heads: ['attn'],
    headPairs: ['attn'],
    padding: ['attn', 'embd', 'hidn'],
    layers: ['attn', 'hidn'],
    lambda: ['attn', 'embd', 'hidn'],
    predictionMean: ['pred'],
  },
  terms: {
    attn: {
      symbol: 'L_attn',
      tex: '\\sum_{m=1}^{M} \\lambda_m \\frac{1}{H} \\sum_{h=1}^{H} \\operatorname{MSE}\\left(A_{S,h}^{(m)}, A_{T,h}^{(g(m))}\\right)',
      unit: 'pure number',
      source: 'equation 7; general_distill.py:425-430',
      reads: { student: ['scores'], teacher: ['scores'] },
      meanOver: mean('cells', 'pairs'),
      misfit: (pair) => pairingMisfit(pair),
    },
    embd: {
      symbol: 'L_embd',
      tex: '\\lambda_0 \\, \\operatorname{MSE}(E_S W_e, E_T)',
      unit: 'pure number',
      source: 'equation 9; level 0 of general_distill.py:432-436',
      reads: { student: ['embedding'], teacher: ['embedding'] },
      meanOver: mean('cells', 'tokens'),
    },
    hidn: {
      symbol: 'L_hidn',
      tex: '\\sum_{m=1}^{M} \\lambda_m \\, \\operatorname{MSE}\\left(H_S^{(m)} W_h, H_T^{(g(m))}\\right)',
      unit: 'pure number',
      source: 'equation 8; modeling.py:935-946',
      reads: { student: ['states'], teacher: ['states'] },
      meanOver: mean('cells', 'tokens'),
    },
    pred: {
      symbol: 'L_pred',
      tex: '-\\operatorname{softmax}(z_t / T) \\cdot \\log \\operatorname{softmax}(z_s / T)',
      unit: 'nats',
      source: 'equation 10, whose t is T here, no T²; task_distill.py:905-908',
      reads: { student: ['logits'], teacher: ['targets'] },
      meanOver: 'rows',
    },
  },
  schedules: {
    /** Row m has a 1 where g(m) is; only read where layers are drawn. */
    drawnLayers: {
      symbol: 'g',
      charted: false,
      size: ({ student, teacher }) => student.layers * teacher.layers,
      at: ({ pair, choice, random }) =>
        choice('layers') === 'drawn' ? drawn(pair, random('epoch')) : oneHot(pair, pair.plan.mapping),
    },
  },
  extra: { ready: true, parameters: projections },
  products({ student, teacher }, has) {
    const levels = (has('embd') ? 1 : 0) + (has('hidn') ? student.layers : 0);
    return Array.from({ length: levels }, () => ({ inner: student.hiddenSize, outer: teacher.hiddenSize }));
  },
  shares(x, ops) {
    const parts: Shares<'attn' | 'embd' | 'hidn' | 'pred'>[] = [];
    const lambda = x.list('lambda');
    const add = (term: 'attn' | 'embd' | 'hidn', level: number, shares: tf.Tensor1D) => {
      parts.push({ terms: [term], shares: lambda[level] === 1 ? shares : shares.mul(lambda[level]) });
    };
    const layers = x.pair.plan.mapping.map((_, m) => m + 1);
    if (x.has('attn')) for (const m of layers) add('attn', m, attentionLoss(x, ops, m));
    if (x.has('embd')) add('embd', 0, hiddenLoss(x, ops, 0));
    if (x.has('hidn')) for (const m of layers) add('hidn', m, hiddenLoss(x, ops, m));
    if (x.has('pred')) parts.push({ terms: ['pred', null], shares: predictionLoss(x, ops) });
    return parts;
  },
});

/** What the teacher has at the layer that belongs to the student's layer m ≥ 1: `levels` counts from `first`. */
function atMapped<T extends tf.Tensor>(x: Comparison, levels: readonly T[], m: number, first: 0 | 1): T {
  if (x.choice('layers') === 'fixed') return levels[x.pair.plan.mapping[m - 1] - first];
  const layers = levels.slice(1 - first);
  const chosen = x.scalar('drawnLayers').slice((m - 1) * layers.length, layers.length);
  return layers.reduce<tf.Tensor | null>((sum, level, n) => {
    const part = level.mul(chosen.slice(n, 1).reshape([]));
    return sum ? sum.add(part) : part;
  }, null) as T;
}

/**
 * MSE(A_S, A_T) over heads, queries and keys, [B·H·L]. With padding counted, its keys count as equal and stay in the
 * denominator, and queries of padding are compared like others (general_distill.py:425-430).
 */
function attentionLoss(x: Comparison, ops: Ops, m: number): tf.Tensor1D {
  const mask = x.batch.attentionMask;
  let [student, teacher] = [x.student.scores[m - 1], atMapped(x, x.teacher.scores, m, 1)];
  if (x.choice('attention') === 'probabilities') {
    student = probabilities(student, mask, ops);
    teacher = probabilities(teacher, mask, ops);
  }
  if (x.choice('heads') === 'mean') {
    student = student.mean(1, true);
    teacher = teacher.mean(1, true);
  } else if (x.choice('heads') === 'paired') {
    const pairs = x.list('headPairs').map((head) => teacher.slice([0, head - 1, 0, 0], [-1, 1, -1, -1]));
    teacher = ops.tf.concat(pairs, 1);
  }
  const rows = (scores: tf.Tensor4D) => scores.reshape([-1, scores.shape[3]]) as tf.Tensor2D; // [B·H·L, L]
  const errors = ops.squaredErrors(rows(student), rows(teacher), mask);
  return x.choice('padding') === 'counted' ? errors : withoutPaddedQueries(x, errors, student.shape[1]);
}

/** Rows [B·H·L] of a mean over all cells as rows of one over pairs of real tokens. */
function withoutPaddedQueries(x: Comparison, errors: tf.Tensor1D, heads: number): tf.Tensor1D {
  const { attentionMask, batchSize, sequenceLength } = x.batch;
  const pairs = attentionMask.sum(1).square().sum();
  const scale = attentionMask.mul(batchSize * sequenceLength ** 2).div(pairs);
  const perQuery = scale.reshape([batchSize, 1, sequenceLength]);
  return errors.reshape([batchSize, heads, sequenceLength]).mul(perQuery).flatten();
}

/** softmax of scores over the keys that are no padding. */
function probabilities(scores: tf.Tensor4D, mask: tf.Tensor2D, { tf }: Ops): tf.Tensor4D {
  const [B, L] = mask.shape;
  const hidden = mask.sub(1).mul(1e4).reshape([B, 1, 1, L]);
  return tf.softmax(scores.add(hidden)) as tf.Tensor4D;
}

/** MSE(H_S W + b, H_T) at level m, [N]. With padding counted its rows are compared like others. */
function hiddenLoss(x: Comparison, ops: Ops, m: number): tf.Tensor1D {
  const at = x.choice('projection') === 'shared' ? 'fit_dense' : `fit_dense_${m}`;
  const teacher = m === 0 ? x.teacher.states[0] : atMapped(x, x.teacher.states, m, 0);
  const difference = ops.projectedDifference(
    x.student.states[m],
    x.extra(`${at}.weight`) as tf.Tensor2D,
    x.extra(`${at}.bias`) as tf.Tensor1D,
    teacher,
  );
  const errors = ops.squaredErrors(difference, null, null);
  if (x.choice('padding') === 'counted') return errors;
  return errors.mul(x.batch.tokenShares).mul(errors.size);
}

function predictionLoss(x: Comparison, ops: Ops): tf.Tensor2D {
  const { temperature } = x;
  const targets = { teacher: x.teacher.targets, temperature, weights: x.rows.predictionShares };
  const shares = ops.vocabularyLosses(x.student.logits, targets, { crossEntropy: true });
  const words = x.choice('predictionMean') === 'elements' ? x.student.logits.shape[1] : 1;
  return shares.div(temperature.square().mul(words));
}

function pairingMisfit(pair: Pair) {
  const pairing = choice(pair.plan, 'heads');
  if (pairing === 'each') return equalHeads(pair);
  if (pairing === 'mean') return null;
  const { student, teacher } = pair;
  const pairs = pair.plan.lists.headPairs ?? [];
  const beyond = pairs.find((head) => head > teacher.heads);
  if (pairs.length === 0 || (pairs.length === student.heads && beyond === undefined)) return null;
  return {
    code: 'termNeedsHeadPairs' as const,
    values: { heads: student.heads, teacherHeads: teacher.heads, pairs: pairs.length },
  };
}

/** [M·N], one 1 in each row of N. */
function oneHot({ teacher }: Pair, mapping: readonly number[]): number[] {
  return mapping.flatMap((layer) =>
    Array.from({ length: teacher.layers }, (_, n) => (n === layer - 1 ? 1 : 0)),
  );
}

/** M of the teacher's layers in order, each set as likely as any other; as many as there are where M is more. */
function drawn(pair: Pair, random: () => number): number[] {
  const { student, teacher } = pair;
  const left = Array.from({ length: teacher.layers }, (_, n) => n + 1);
  const taken: number[] = [];
  while (taken.length < student.layers && left.length > 0) {
    taken.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  taken.sort((a, b) => a - b);
  while (taken.length < student.layers) taken.push(teacher.layers);
  return oneHot(pair, taken);
}

/** One projection, or one for each level. */
function projections({ student, teacher, plan }: Pair): Record<string, ExtraParameter> {
  const linear = (at: string, ...terms: ('embd' | 'hidn')[]): Record<string, ExtraParameter> => ({
    [`${at}.weight`]: { shape: [teacher.hiddenSize, student.hiddenSize], start: 'wayBack', terms },
    [`${at}.bias`]: { shape: [teacher.hiddenSize], terms },
  });
  if (choice(plan, 'projection') === 'shared') return linear('fit_dense', 'embd', 'hidn');
  const levels = Array.from({ length: student.layers + 1 }, (_, m) =>
    linear(`fit_dense_${m}`, m === 0 ? 'embd' : 'hidn'),
  );
  return Object.assign({}, ...levels);
}

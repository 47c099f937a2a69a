/**
 * DistilBERT (Sanh et al. 2019, arXiv:1910.01108; huggingface distillation/distiller.py): soft targets, masked words and the
 * direction of the last hidden states; and its program's squared distance of the logits. Every loss is a mean over the rows
 * that count (tokens, or masked words); padding adds nothing.
 */
import type * as tf from '@tensorflow/tfjs';
import { type Comparison, method, type Shares } from './method';
import { equalWidth } from './misfits';
import type { Ops } from './ops';

const choices = {
  /** Both forms have one gradient: they differ by the teacher's entropy, which the student can't change. */
  softForm: ['divergence', 'crossEntropy'],
  /** T² keeps the gradient alike in size as T grows (Hinton et al. 2015, section 2.1). */
  softScale: ['squaredTemperature', 'none'],
} as const;

export const distilbert = method({
  paper: {
    title: 'DistilBERT, a distilled version of BERT: smaller, faster, cheaper and lighter',
    authors: 'Sanh, Debut, Chaumond, Wolf',
    year: 2019,
    arxiv: '1910.01108',
  },
  choices,
  readBy: { softForm: ['ce'], softScale: ['ce'] },
  terms: {
    /** Its gradient is T (softmax(z_s/T) − softmax(z_t/T)) per counted row. */
    ce: {
      symbol: 'L_ce',
      tex: 'T^2 \\, \\operatorname{KL}\\left(\\operatorname{softmax}(z_t / T) \\,\\middle\\|\\, \\operatorname{softmax}(z_s / T)\\right)',
      unit: 'nats',
      source: 'distiller.py:411-417, “batchmean” over the counted rows',
      reads: { student: ['logits'], teacher: ['targets'] },
      meanOver: 'rows',
    },
    mlm: {
      symbol: 'L_mlm',
      tex: '-\\log \\operatorname{softmax}(z_s)_{w}',
      unit: 'nats',
      source: 'distiller.py:421, always at T = 1',
      reads: { student: ['logits'], teacher: [] },
      meanOver: 'asked',
    },
    cos: {
      symbol: 'L_cos',
      tex: '1 - \\cos(h_s, h_t)',
      unit: 'pure number',
      source: 'distiller.py:434-448, last hidden states',
      reads: { student: ['hidden'], teacher: ['hidden'] },
      meanOver: 'tokens',
      misfit: equalWidth,
    },
    mse: {
      symbol: 'L_mse',
      tex: '\\sum_v (z_s - z_t)_v^2',
      unit: 'pure number',
      source: 'distiller.py:430-432, raw logits, no T',
      reads: { student: ['logits'], teacher: ['logits'] },
      meanOver: 'rows',
    },
  },
  shares(x, ops) {
    const parts: Shares<'ce' | 'mlm' | 'cos' | 'mse'>[] = [];
    if (x.has('ce') || x.has('mlm')) parts.push(predictions(x, ops));
    if (x.has('cos')) {
      const shares = ops.cosineLosses(x.student.hidden, x.teacher.hidden, x.batch.tokenShares);
      parts.push({ terms: ['cos'], shares });
    }
    if (x.has('mse')) {
      const { student, teacher } = { student: x.student.logits, teacher: x.teacher.logits };
      const shares = ops.logitDistances(student, {
        teacher,
        scale: ops.tf.tensor1d([1]),
        weights: x.rows.shares,
      });
      parts.push({ terms: ['mse'], shares });
    }
    return parts;
  },
});

/** L_ce and L_mlm in one pass over the vocabulary: [2, R], 0 for the one that is not asked for. */
function predictions(x: Comparison, ops: Ops): Shares<'ce' | 'mlm'> {
  const soft = x.has('ce');
  const targets = {
    ...(soft ? { teacher: x.teacher.targets, temperature: x.temperature } : {}),
    ...(x.has('mlm') ? { labels: x.rows.labels } : {}),
    weights: x.rows.predictionShares,
  };
  const crossEntropy = x.choice('softForm') === 'crossEntropy';
  const shares = ops.vocabularyLosses(x.student.logits, targets, { crossEntropy });
  const asIs = !soft || x.choice('softScale') === 'squaredTemperature';
  const terms = [soft ? 'ce' : null, x.has('mlm') ? 'mlm' : null] as const;
  return { terms, shares: asIs ? shares : softWithoutSquare(shares, x.temperature, ops) };
}

/** [2, R] with the first row divided by T². */
function softWithoutSquare(shares: tf.Tensor2D, temperature: tf.Tensor1D, { tf }: Ops): tf.Tensor2D {
  const factors = tf.concat([temperature.square().reciprocal(), tf.onesLike(temperature)]);
  return shares.mul(factors.reshape([2, 1]));
}

/**
 * MiniLM (Wang et al. 2020, arXiv:2002.10957): of the last layers alone, how attention is spread and how the values relate
 * to each other. Widths may differ; the numbers of heads may not.
 */
import type * as tf from '@tensorflow/tfjs';
import { method } from './method';
import { equalHeads } from './misfits';

export const minilm = method({
  paper: {
    title:
      'MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained Transformers',
    authors: 'Wang, Wei, Dong, Bao, Yang, Zhou',
    year: 2020,
    arxiv: '2002.10957',
  },
  terms: {
    attnKl: {
      symbol: 'L_AT',
      tex: '\\frac{1}{H L} \\sum_{h, i} \\operatorname{KL}\\left(A_{T,h,i} \\,\\middle\\|\\, A_{S,h,i}\\right)',
      unit: 'nats',
      source: 'equation 5',
      reads: { student: ['scores'], teacher: ['scores'] },
      meanOver: 'sequences',
      misfit: equalHeads,
    },
    valueKl: {
      symbol: 'L_VR',
      tex: '\\frac{1}{H L} \\sum_{h, i} \\operatorname{KL}\\left(R_{T,h,i} \\,\\middle\\|\\, R_{S,h,i}\\right), \\quad R = \\operatorname{softmax}\\left(V V^\\top / \\sqrt{k}\\right)',
      unit: 'nats',
      source: 'equations 6 to 8',
      reads: { student: ['values'], teacher: ['values'] },
      meanOver: 'sequences',
      misfit: equalHeads,
    },
  },
  beside: ['mlm'],
  shares(x, ops) {
    const mask = x.batch.attentionMask;
    const parts = [];
    if (x.has('attnKl')) {
      const [student, teacher] = [x.student.scores.at(-1)!, x.teacher.scores.at(-1)!];
      parts.push({ terms: ['attnKl'] as const, shares: ops.attentionDivergences(student, teacher, mask) });
    }
    if (x.has('valueKl')) {
      const [student, teacher] = [values(x.student.qkv), values(x.teacher.qkv)];
      const { heads } = x.pair.student;
      parts.push({
        terms: ['valueKl'] as const,
        shares: ops.relationLosses(student, teacher, mask, { heads }),
      });
    }
    return parts;
  },
});

/** The last third of queries, keys and values side by side, [N, 3d] -> [N, d]. */
const values = (qkv: tf.Tensor2D): tf.Tensor2D => {
  const d = qkv.shape[1] / 3;
  return qkv.slice([0, 2 * d], [-1, d]);
};

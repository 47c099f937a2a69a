/**
 * Pseudo-labels (Lee 2013; for students of a teacher as in Kim and Rush 2016, arXiv:1606.07947): the teacher's first guess
 * taken for the truth. What is lost against soft targets is all that the teacher says of the other words.
 */
import type * as tf from '@tensorflow/tfjs';
import { method } from './method';

export const pseudoLabels = method({
  paper: {
    title: 'Sequence-Level Knowledge Distillation',
    authors: 'Kim, Rush',
    year: 2016,
    arxiv: '1606.07947',
  },
  terms: {
    pseudo: {
      symbol: 'L_arg',
      tex: '-\\log \\operatorname{softmax}(z_s)_{\\arg\\max z_t}',
      unit: 'nats',
      source: 'section 3.2, with one word in place of a sentence',
      reads: { student: ['logits'], teacher: ['guesses'] },
      meanOver: 'rows',
    },
  },
  beside: ['mlm'],
  shares(x, ops) {
    const labels = x.teacher.guesses;
    const { shares } = x.rows;
    const weights = ops.tf.stack([ops.tf.zerosLike(shares), shares]) as tf.Tensor2D;
    return [{ terms: [null, 'pseudo'], shares: ops.vocabularyLosses(x.student.logits, { labels, weights }) }];
  },
});

/**
 * Curriculum temperature (Li et al. 2023, arXiv:2211.16231; models/temp_global.py): T is learned against the student, by a
 * gradient that is turned round and grows from nothing, so that the task becomes harder as the student becomes better.
 */
import type * as tf from '@tensorflow/tfjs';
import { method } from './method';

export const ctkd = method({
  paper: {
    title: 'Curriculum Temperature for Knowledge Distillation',
    authors: 'Li, Li, Yang, Zhao, Song, Luo, Li, Yang',
    year: 2023,
    arxiv: '2211.16231',
  },
  dials: {
    lowestT: { symbol: 'T_0', min: 0.25, max: 16, integer: false, initial: 1, live: false },
    rangeOfT: { symbol: 'T_r', min: 0.1, max: 20, integer: false, initial: 20, live: false },
    /** In place of the program's 10 epochs: the share of the run over which λ grows. */
    reversalShare: { symbol: 's_λ', min: 0.01, max: 1, integer: false, initial: 0.5, live: false },
  },
  terms: {
    ctkd: {
      symbol: 'L_CTKD',
      tex: 'T^2 \\, \\operatorname{KL}\\left(p_t(T) \\,\\middle\\|\\, p_s(T)\\right), \\quad T = T_0 + T_r \\, \\sigma(\\theta)',
      unit: 'nats',
      source: 'equations 6 and 7; helper/loops.py:134',
      reads: { student: ['logits'], teacher: ['targets'] },
      meanOver: 'rows',
      ownTemperature: true,
    },
  },
  beside: ['mlm'],
  schedules: {
    reversal: {
      symbol: 'λ',
      charted: true,
      // From 0 to −1 by a cosine.
      at: ({ progress, dial }) =>
        -(1 - Math.cos(Math.PI * Math.min(1, progress / dial('reversalShare')))) / 2,
    },
  },
  readings: { learnedT: { symbol: 'T', unit: 'pure number' } },
  extra: { ready: false, parameters: () => ({ 'ctkd.theta': { shape: [1], start: 1 } }) },
  shares(x, ops) {
    const theta = ops.scaledGradient(x.extra('ctkd.theta') as tf.Tensor1D, x.scalar('reversal'));
    const temperature = theta.sigmoid().mul(x.dial('rangeOfT')).add(x.dial('lowestT')) as tf.Tensor1D;
    const { shares: rows } = x.rows;
    const weights = ops.tf.stack([rows, ops.tf.zerosLike(rows)]) as tf.Tensor2D;
    const targets = { teacher: x.teacher.targets, temperature, weights };
    const losses = ops.vocabularyLosses(x.student.logits, targets, { temperatureGradient: true });
    return [
      { terms: ['ctkd', null], shares: losses },
      { terms: ['learnedT'], shares: temperature },
    ];
  },
});

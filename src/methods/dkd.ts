/**
 * Decoupled knowledge distillation (Zhao et al. 2022, arXiv:2203.08679; mdistiller DKD.py): the KL of the softened
 * distributions taken apart into what they say of the right word (TCKD) and what they say of the others among themselves
 * (NCKD), each with a weight of its own: KL = TCKD + (1 − p_t) NCKD.
 */
import { method } from './method';
import { moreWordsThan } from './misfits';

const reads = { student: ['logits'], teacher: ['targets'] } as const;

export const dkd = method({
  paper: {
    title: 'Decoupled Knowledge Distillation',
    authors: 'Zhao, Cui, Song, Qiu, Liang',
    year: 2022,
    arxiv: '2203.08679',
  },
  terms: {
    tckd: {
      symbol: 'L_TCKD',
      tex: 'T^2 \\, \\operatorname{KL}\\left((p_t, 1 - p_t) \\,\\middle\\|\\, (p_s, 1 - p_s)\\right)_{w}',
      unit: 'nats',
      source: 'equation 5; DKD.py:8-32',
      reads,
      meanOver: 'rows',
      misfit: moreWordsThan(2),
    },
    nckd: {
      symbol: 'L_NCKD',
      tex: 'T^2 \\, \\operatorname{KL}\\left(\\hat p_t \\,\\middle\\|\\, \\hat p_s\\right)_{v \\neq w}',
      unit: 'nats',
      source: 'equation 5; DKD.py:8-32',
      reads,
      meanOver: 'rows',
      misfit: moreWordsThan(2),
    },
  },
  beside: ['mlm'],
  shares(x, ops) {
    const shares = ops.decoupledLosses(x.student.logits, {
      teacher: x.teacher.targets,
      temperature: x.temperature,
      gold: x.rows.gold,
      weights: x.rows.shares,
    });
    return [{ terms: [x.has('tckd') ? 'tckd' : null, x.has('nckd') ? 'nckd' : null], shares }];
  },
});

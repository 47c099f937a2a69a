/**
 * Logit standardisation (Sun et al. 2024, arXiv:2403.01427; KD.py:7-19): both sides' logits with mean 0 and standard deviation
 * 1 before they are softened, so that a student learns the shape of the teacher's logits, and not their scale.
 */
import { method } from './method';
import { moreWordsThan } from './misfits';

export const standardised = method({
  paper: {
    title: 'Logit Standardization in Knowledge Distillation',
    authors: 'Sun, Ren, Li, Wang, Cao',
    year: 2024,
    arxiv: '2403.01427',
  },
  terms: {
    zscore: {
      symbol: 'L_z',
      tex: 'T^2 \\, \\operatorname{KL}\\left(\\tilde p_t \\,\\middle\\|\\, \\tilde p_s\\right), \\quad \\tilde p = \\operatorname{softmax}(\\mathcal{Z}(z) / T), \\quad \\mathcal{Z}(z) = \\frac{z - \\bar z}{\\sigma(z)}',
      unit: 'nats',
      source: 'equation 8 and algorithm 1; KD.py:7-19',
      reads: { student: ['logits'], teacher: ['targets'] },
      meanOver: 'rows',
      scaleFree: true,
      misfit: moreWordsThan(2),
    },
  },
  beside: ['mlm'],
  shares(x, ops) {
    const shares = ops.standardisedLosses(x.student.logits, {
      teacher: x.teacher.targets,
      temperature: x.temperature,
      weights: x.rows.shares,
    });
    return [{ terms: ['zscore'], shares }];
  },
});

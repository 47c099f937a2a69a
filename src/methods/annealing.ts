/**
 * Annealing knowledge distillation (Jafari et al. 2021, arXiv:2104.07163): first the teacher's logits are matched, scaled down
 * at the beginning and whole at the end of this phase, in T_max steps; then hard labels alone.
 */
import { method } from './method';

export const annealing = method({
  paper: {
    title: 'Annealing Knowledge Distillation',
    authors: 'Jafari, Rezagholizadeh, Sharma, Ghodsi',
    year: 2021,
    arxiv: '2104.07163',
  },
  dials: {
    annealingSteps: { symbol: 'T_max', min: 1, max: 100, integer: true, initial: 10, live: false },
    annealingShare: { symbol: 's', min: 0.05, max: 1, integer: false, initial: 0.8, live: false },
  },
  terms: {
    anneal: {
      symbol: 'L_ann',
      tex: '\\sum_v (z_s - \\Phi z_t)_v^2, \\quad \\Phi = t / T_\\text{max}',
      unit: 'pure number',
      source: 'equation 3; the program’s MSELoss is this divided by V',
      reads: { student: ['logits'], teacher: ['logits'] },
      meanOver: 'rows',
    },
  },
  beside: ['mlm'],
  schedules: {
    phi: {
      symbol: 'Φ',
      charted: true,
      at: ({ progress, dial }) => {
        const steps = dial('annealingSteps');
        const within = Math.min(1, progress / dial('annealingShare'));
        return Math.min(steps, Math.floor(within * steps) + 1) / steps;
      },
    },
  },
  factors: ({ progress, dial }) => {
    const matching = progress < dial('annealingShare');
    return { anneal: matching ? 1 : 0, mlm: matching ? 0 : 1 };
  },
  shares(x, ops) {
    const shares = ops.logitDistances(x.student.logits, {
      teacher: x.teacher.logits,
      scale: x.scalar('phi'),
      weights: x.rows.shares,
    });
    return [{ terms: ['anneal'], shares }];
  },
});

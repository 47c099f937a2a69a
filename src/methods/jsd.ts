/**
 * From covering to picking: the generalised Jensen-Shannon divergence between the softened distributions, with KL(teacher ‖
 * student) and KL(student ‖ teacher) at its ends (Agarwal et al. 2024, arXiv:2306.13649, section 3.1; trl's GKD trainer). The
 * forward end makes the student cover all that the teacher holds possible, the reverse end lets it pick.
 */
import { method } from './method';

const choices = {
  /** As in trl, where the divergence goes to 0 at both ends and jumps to the KL there; or divided by β (1 − β), without a jump. */
  divergenceScale: ['even', 'asIs'],
} as const;

export const jsd = method({
  paper: {
    title: 'On-Policy Distillation of Language Models: Learning from Self-Generated Mistakes',
    authors: 'Agarwal, Vieillard, Zhou, Stanczyk, Ramos, Geist, Bachem',
    year: 2024,
    arxiv: '2306.13649',
  },
  choices,
  dials: {
    beta: { symbol: 'β', min: 0, max: 1, integer: false, initial: 0.5, live: true },
  },
  terms: {
    jsd: {
      symbol: 'L_JSD',
      tex: '\\beta \\, \\operatorname{KL}\\left(p_t \\,\\middle\\|\\, \\bar p\\right) + (1 - \\beta) \\, \\operatorname{KL}\\left(p_s \\,\\middle\\|\\, \\bar p\\right), \\quad \\bar p = \\beta p_t + (1 - \\beta) p_s',
      unit: 'nats',
      source: 'equation 1; gkd_trainer.py:271-323, no T²',
      reads: { student: ['logits'], teacher: ['targets'] },
      meanOver: 'rows',
      // The reverse end is log(p_s / p_t), and β goes there while the run is under way.
      needsEveryWord: true,
    },
  },
  beside: ['mlm'],
  shares(x, ops) {
    const shares = ops.divergences(
      x.student.logits,
      {
        teacher: x.teacher.targets,
        temperature: x.temperature,
        beta: x.scalar('beta'),
        weights: x.rows.shares,
      },
      { even: x.choice('divergenceScale') === 'even' },
    );
    return [{ terms: ['jsd'], shares }];
  },
});

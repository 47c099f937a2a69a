/** A method that nobody published, with one of everything that a record can have. */
import { type Comparison, method } from '../../src/methods/method';
import { equalWidth } from '../../src/methods/misfits';

export const planted = method({
  paper: { title: 'A planted method', authors: 'Nobody', year: 2000, arxiv: '0000.00000' },
  dials: { plantedPull: { symbol: 'π', min: 0, max: 4, integer: false, initial: 1, live: true } },
  choices: { plantedWay: ['squared', 'absolute'] },
  terms: {
    planted: {
      symbol: 'L_π',
      tex: '\\frac{1}{d} \\sum_i (s h_S - \\pi r h_T)_i^2',
      unit: 'pure number',
      source: 'this file',
      reads: { student: ['hidden'], teacher: ['hidden'] },
      meanOver: 'tokens',
      misfit: equalWidth,
    },
  },
  beside: ['mlm'],
  schedules: {
    plantedRise: { symbol: 'r', charted: true, at: ({ progress }) => 0.5 + progress / 2 },
  },
  readings: { plantedScale: { symbol: 's', unit: 'pure number' } },
  extra: { ready: false, parameters: () => ({ 'planted.scale': { shape: [1], start: 2 } }) },
  shares(x: Comparison) {
    const scale = x.extra('planted.scale');
    const target = x.teacher.hidden.mul(x.scalar('plantedPull')).mul(x.scalar('plantedRise'));
    const difference = x.student.hidden.mul(scale).sub(target);
    const losses = x.choice('plantedWay') === 'squared' ? difference.square() : difference.abs();
    return [
      { terms: ['planted'], shares: losses.mean(1).mul(x.batch.tokenShares) },
      { terms: ['plantedScale'], shares: scale },
    ];
  },
});

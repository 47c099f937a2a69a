/**
 * Patient knowledge distillation (Sun et al. 2019, arXiv:1908.09355; KD_loss.py in intersun/PKD-for-BERT-Model-Compression):
 * the hidden states of [CLS], layer by layer, but not those of the student's last layer, which the predictions teach.
 */
import type * as tf from '@tensorflow/tfjs';
import { type Comparison, method } from './method';
import { equalWidth } from './misfits';
import type { Ops } from './ops';

const choices = {
  /** The paper normalises to unit length; the program leaves it out where nothing is said. */
  patience: ['normalised', 'asIs'],
} as const;

export const pkd = method({
  paper: {
    title: 'Patient Knowledge Distillation for BERT Model Compression',
    authors: 'Sun, Cheng, Gan, Liu',
    year: 2019,
    arxiv: '1908.09355',
  },
  choices,
  terms: {
    patient: {
      symbol: 'L_PT',
      tex: '\\frac{1}{(M-1) \\, d} \\sum_{m=1}^{M-1} \\left\\| \\frac{h_S^{(m)}}{\\|h_S^{(m)}\\|} - \\frac{h_T^{(g(m))}}{\\|h_T^{(g(m))}\\|} \\right\\|^2',
      unit: 'pure number',
      source: 'equation 6; KD_loss.py:30, a mean over layers and d too',
      reads: { student: ['inner'], teacher: ['states'] },
      meanOver: 'sequences',
      misfit(pair) {
        if (pair.student.layers > 1) return equalWidth(pair);
        return { code: 'termNeedsLayers', values: { layer: 1, teacherLayers: pair.teacher.layers } };
      },
    },
  },
  beside: ['ce', 'mlm'],
  shares(x, ops) {
    const layers = x.pair.plan.mapping.slice(0, -1);
    const [student, teacher] = [
      layers.map((_, m) => classState(x, ops, x.student.states[m + 1])),
      layers.map((layer) => classState(x, ops, x.teacher.states[layer])),
    ];
    const errors = layers.map((_, m) => student[m].sub(teacher[m]).square().mean(1));
    const shares = ops.tf.addN(errors).div(layers.length).mul(x.batch.sequenceShares);
    return [{ terms: ['patient'], shares }];
  },
});

/** States [N, d] -> that of [CLS] in each sequence, [B, d], of length 1 where that is chosen. */
function classState(x: Comparison, ops: Ops, states: tf.Tensor2D): tf.Tensor2D {
  const { batchSize, sequenceLength } = x.batch;
  const first = states.reshape([batchSize, sequenceLength, -1]).slice([0, 0, 0], [-1, 1, -1]);
  const rows = first.reshape([batchSize, -1]) as tf.Tensor2D;
  if (x.choice('patience') === 'asIs') return rows;
  return rows.div(ops.tf.sqrt(rows.square().sum(1, true).add(1e-12)));
}

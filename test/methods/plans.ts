/** An arm for every method, and for its ways of being computed, on the made-up teacher of tinyExperiment.ts. */

import type { Arm, Training } from '../../src/config/experiment';
import { wordsOf } from '../../src/data/batchSource';
import { randomTeacher } from '../../src/train/randomTeacher';
import { Trainer } from '../../src/train/trainer';
import { corpus, deeper, distilled, experimentOf, teacher } from '../train/tinyExperiment';

/** Another width than the teacher's, with as many heads. */
const narrow: Arm = {
  ...distilled,
  student: { ...distilled.student, hiddenSize: 4 },
  initialisation: { kind: 'random' },
};
const layersOfTinybert = { attn: 1, embd: 1, hidn: 1 };

const plans: Record<string, Arm> = {
  distilbert: { ...distilled, weights: { ce: 5, mlm: 2, cos: 1, mse: 0.1 } },
  'cross-entropy': {
    ...distilled,
    weights: { ce: 5, mlm: 2 },
    choices: { softForm: 'crossEntropy', softScale: 'none' },
    teacherTemperature: 3,
  },
  tinybert: { ...narrow, weights: { ...layersOfTinybert, pred: 1 } },
  'tinybert-paper': {
    ...narrow,
    weights: { ...layersOfTinybert, pred: 1 },
    choices: {
      projection: 'perLevel',
      attention: 'probabilities',
      padding: 'leftOut',
      heads: 'paired',
      predictionMean: 'elements',
    },
    lists: { lambda: [0.5, 2], headPairs: [2, 1] },
  },
  'tinybert-drawn': {
    ...narrow,
    weights: layersOfTinybert,
    student: { ...narrow.student, heads: 1 },
    choices: { layers: 'drawn', heads: 'mean' },
  },
  hinton: { ...distilled, weights: { ce: 0.9, mlm: 0.1 }, positions: 'masked' },
  logits: { ...distilled, weights: { mse: 0.01, mlm: 1 } },
  'pseudo-labels': { ...distilled, weights: { pseudo: 1 } },
  jsd: { ...distilled, weights: { jsd: 1, mlm: 1 }, dials: { beta: 0.2 } },
  'jsd-as-is': { ...distilled, weights: { jsd: 1 }, choices: { divergenceScale: 'asIs' } },
  dkd: { ...distilled, weights: { tckd: 1, nckd: 8, mlm: 1 }, temperature: 4 },
  standardised: { ...distilled, weights: { zscore: 9, mlm: 0.1 } },
  annealing: {
    ...distilled,
    weights: { anneal: 0.1, mlm: 1 },
    dials: { annealingShare: 0.5, annealingSteps: 4 },
  },
  ctkd: { ...distilled, weights: { ctkd: 0.9, mlm: 0.1 }, dials: { reversalShare: 0.1 } },
  minilm: { ...narrow, weights: { attnKl: 1, valueKl: 1 } },
  minilmv2: {
    ...narrow,
    weights: { relQ: 1, relK: 1, relV: 1 },
    student: { ...narrow.student, heads: 1 },
    dials: { relationHeads: 4, layersBeforeLast: 1 },
  },
  pkd: { ...deeper, weights: { ce: 0.7, mlm: 0.3, patient: 100 } },
  'pkd-as-is': { ...deeper, weights: { patient: 1 }, choices: { patience: 'asIs' } },
  theseus: {
    ...deeper,
    weights: { mlm: 1 },
    choices: { blocks: 'replacing' },
    dials: { replacementShare: 0.8 },
  },
  shuffled: { ...distilled, weights: { ce: 1 }, softTargets: 'shuffled' },
  smoothed: { ...distilled, weights: { ce: 1 }, softTargets: 'smoothed' },
  'gold-only': { ...distilled, weights: { ce: 1 }, softTargets: 'goldOnly' },
  ensemble: {
    ...distilled,
    weights: { ce: 1, pseudo: 1 },
    taughtBy: { kind: 'ensemble', mean: 'probabilities' },
  },
  'other-teacher': { ...narrow, weights: layersOfTinybert, taughtBy: { kind: 'member', index: 2 } },
  mutual: { ...distilled, weights: { ce: 1, mlm: 1 }, mapping: [1], taughtBy: { kind: 'arm', id: 'peer' } },
  'top-words': { ...distilled, weights: { ce: 1 }, softTargets: 'topWords', dials: { topCount: 3 } },
};

export const armsOfMethods: Arm[] = Object.entries(plans).map(([id, arm]) => ({ ...arm, id }));

/** So few sequences that layers are drawn anew every six updates of one batch. */
const few = { ...corpus, train: corpus.train.slice(0, 24), heldOut: corpus.heldOut.slice(0, 12) };

/** A second teacher stands beside the first, and where an arm learns from another that one learns from it. */
export function trainerOf(arm: Arm, changes: Partial<Training> = {}): Trainer {
  const { taughtBy } = arm;
  const arms =
    taughtBy?.kind === 'arm'
      ? [arm, { ...arm, id: taughtBy.id, taughtBy: { ...taughtBy, id: arm.id } }]
      : [arm];
  const experiment = experimentOf(arms, { steps: 50, weightDecay: 0.01, ...changes });
  const others = [randomTeacher(teacher.shape, 2)];
  return new Trainer({ ...experiment, others: [{ kind: 'random' }] }, wordsOf(few), teacher, others);
}

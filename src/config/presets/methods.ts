/** A preset for each method, with its control beside it. */
import type { Arm, Weights } from '../experiment';
import { bottomMapping, topMapping, uniformMapping } from '../mapping';
import { hardLabels } from '../objective';
import { bundledTeachers } from '../teachers';
import { base, distilled, experiment, narrow, tripleLoss, twin } from './parts';

const half = (id: string, weights: Weights, changes: Partial<Arm> = {}) =>
  distilled(base, { id, weights, ...changes });

/** The forms of L_ce: both have one gradient, so that they give one student; without T² it learns more slowly at T = 4. */
export const conventions1 = experiment(base, [
  distilled(base, { temperature: 4 }),
  half('cross-entropy', tripleLoss, { temperature: 4, choices: { softForm: 'crossEntropy' } }),
  half('no-square', tripleLoss, { temperature: 4, choices: { softScale: 'none' } }),
  half('masked-only', tripleLoss, { temperature: 4, positions: 'masked' }),
  half('teacher-sharp', tripleLoss, { temperature: 4, teacherTemperature: 1 }),
]);

/** Hinton's loss over the temperatures, to where it becomes the squared distance of the logits. */
export const hinton1 = experiment(base, [
  ...[1, 4, 16].map((temperature) => half(`t${temperature}`, { ce: 0.9, mlm: 0.1 }, { temperature })),
  half('logits', { mse: 0.0005, mlm: 0.1 }),
  twin(base),
]);

/** Matching the raw logits, beside the softened distributions. */
export const logits1 = experiment(base, [
  half('logits', { mse: 0.0005, mlm: 0.1 }),
  half('softened', { ce: 0.9, mlm: 0.1 }),
  twin(base),
]);

/** Does softness matter? The teacher's first guess beside all that it says. */
export const pseudoLabels1 = experiment(base, [
  half('pseudo', { pseudo: 0.9, mlm: 0.1 }),
  half('soft', { ce: 0.9, mlm: 0.1 }, { temperature: 1 }),
  twin(base),
]);

/** Cover or pick? */
export const jsd1 = experiment(base, [
  ...[0, 0.5, 1].map((beta) =>
    half(`beta-${beta * 100}`, { jsd: 1 }, { temperature: 1, dials: beta === 0.5 ? {} : { beta } }),
  ),
  twin(base),
]);

/** What is said of the right word, and what of the others among themselves. */
export const dkd1 = experiment(base, [
  half('both', { mlm: 1, tckd: 1, nckd: 1 }, { temperature: 4 }),
  half('target-only', { mlm: 1, tckd: 1 }, { temperature: 4 }),
  half('others-only', { mlm: 1, nckd: 1 }, { temperature: 4 }),
  half('undivided', { mlm: 1, ce: 1 }, { temperature: 4 }),
  twin(base),
]);

/** The logits' shape without their scale. */
export const standardised1 = experiment(base, [
  half('standardised', { mlm: 0.1, zscore: 9 }),
  half('as-they-are', { mlm: 0.1, ce: 0.9 }),
  twin(base),
]);

/** Which part of the soft targets does a student live on? */
export const darkKnowledge1 = experiment(base, [
  half('teacher', { ce: 1 }),
  half('shuffled', { ce: 1 }, { softTargets: 'shuffled' }),
  half('smoothed', { ce: 1 }, { softTargets: 'smoothed' }),
  half('gold-only', { ce: 1 }, { softTargets: 'goldOnly' }),
  half('top-words', { ce: 1 }, { softTargets: 'topWords' }),
  twin(base),
]);

/** Should T move, by a plan? */
export const annealing1 = experiment(base, [
  half('annealed', { anneal: 0.0005, mlm: 1 }),
  half('logits', { mse: 0.0005, mlm: 0.1 }),
  twin(base),
]);

/** Should T move, by what is hard for the student? */
export const ctkd1 = experiment(base, [
  half('learned', { ctkd: 0.9, mlm: 0.1 }),
  half('fixed', { ce: 0.9, mlm: 0.1 }, { temperature: 4 }),
  twin(base),
]);

const { layers, heads, hiddenSize, intermediateSize } = bundledTeachers[base];

/** The teacher's first layers: a student that starts as them goes on best where it is compared with them. */
const firstLayers = bottomMapping(layers, layers / 2);

/**
 * TinyBERT's narrow student, begun as a projection of the teacher's first layers. From random weights it says nothing
 * sensible after 600 steps of predictions alone (KL 2.9 nats, seeds 1 and 2), and 1.5 nats with all losses; projected 0.6.
 */
export const projected = (id: string, weights: Weights, changes: Partial<Arm> = {}) =>
  narrow(base, {
    id,
    weights,
    initialisation: { kind: 'project', blocks: firstLayers },
    mapping: firstLayers,
    positions: 'masked',
    ...changes,
  });

/** 3e-3 took the projected student further than 2e-3 and 4e-3. */
export const narrowTraining = { steps: 600, learningRate: 3e-3 };

const random = { initialisation: { kind: 'random' } } as const;

/** The last layer's attention and values, for a student of another width. */
export const minilm1 = experiment(
  base,
  [
    projected('minilm', { attnKl: 1, valueKl: 1, ce: 1 }),
    projected('predictions', { ce: 1 }),
    projected('twin', hardLabels),
  ],
  narrowTraining,
);

/** Half as wide with half the heads, each as wide as the teacher's. */
const fewerHeads: Partial<Arm> = {
  student: {
    layers: layers / 2,
    hiddenSize: hiddenSize / 2,
    heads: heads / 2,
    intermediateSize: intermediateSize / 2,
    tokenTypes: false,
  },
};

/** Relations between queries, keys and values, for a student of another width and other heads. */
export const minilmv21 = experiment(
  base,
  [
    projected('relations', { relQ: 1, relK: 1, relV: 1, ce: 1 }, fewerHeads),
    projected('predictions', { ce: 1 }, fewerHeads),
    projected('twin', hardLabels, fewerHeads),
  ],
  narrowTraining,
);

/** What [CLS] says, layer by layer. */
export const pkd1 = experiment(base, [
  half('patient', { ce: 0.7, mlm: 0.3, patient: 100 }),
  half('plain', { ce: 0.7, mlm: 0.3 }),
  twin(base),
]);

/** Distilled without a distillation loss. */
export const theseus1 = experiment(base, [
  twin(base, {
    id: 'replacing',
    choices: { blocks: 'replacing' },
    initialisation: { kind: 'copy', blocks: firstLayers },
  }),
  twin(base, {
    initialisation: { kind: 'copy', blocks: firstLayers },
  }),
]);

const whole: Weights = { embd: 1, attn: 1, hidn: 1, pred: 1 };

/** TinyBERT whole, and what its layer losses are worth: little from a start that knows the layers, much from random weights. */
export const tinybert2 = experiment(
  base,
  [
    projected('all', whole),
    projected('pred-only', { pred: 1 }),
    projected('random-all', whole, random),
    projected('random-pred', { pred: 1 }, random),
  ],
  narrowTraining,
);

/** The proportions of TinyBERT₄ (a third of the layers, two fifths of the width) and of TinyBERT₆ (half the layers). */
export const tinybertSizes1 = experiment(
  base,
  [
    projected('tinybert4', whole, {
      student: { layers: 1, hiddenSize: 52, heads, intermediateSize: 200, tokenTypes: false },
      initialisation: { kind: 'project', blocks: [1] },
      mapping: [1],
    }),
    half('tinybert6', whole, {
      temperature: 1,
      positions: 'masked',
      initialisation: { kind: 'copy', blocks: firstLayers },
      mapping: firstLayers,
    }),
  ],
  narrowTraining,
);

/** From which of the teacher's layers? From random weights, which know none of them. */
export const mapping1 = experiment(
  base,
  [
    projected('uniform', whole, { ...random, mapping: uniformMapping(layers, layers / 2) }),
    projected('top', whole, { ...random, mapping: topMapping(layers, layers / 2) }),
    projected('bottom', whole, random),
    projected('drawn', whole, { ...random, choices: { layers: 'drawn' } }),
  ],
  narrowTraining,
);

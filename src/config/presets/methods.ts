/** A preset for each method, with its control beside it. */
import type { Arm, Weights } from '../experiment';
import { bottomMapping, topMapping } from '../mapping';
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

/** The last layer's attention and values, for a student of another width. */
export const minilm1 = experiment(base, [
  narrow(base, { id: 'minilm', weights: { attnKl: 1, valueKl: 1, ce: 1 } }),
  narrow(base, { id: 'predictions', weights: { ce: 1 } }),
  narrow(base, { id: 'twin', weights: hardLabels }),
]);

const { layers, hiddenSize, heads, intermediateSize } = bundledTeachers[base];
/** Another width, and another number of heads. */
const otherHeads = {
  layers: layers / 2,
  hiddenSize: (3 * hiddenSize) / 4,
  heads: 2,
  intermediateSize: (3 * intermediateSize) / 4,
  tokenTypes: false,
};

/** Relations between queries, keys and values, for a student of another width and other heads. */
export const minilmv21 = experiment(base, [
  narrow(base, { id: 'relations', weights: { relQ: 1, relK: 1, relV: 1, ce: 1 }, student: otherHeads }),
  narrow(base, { id: 'predictions', weights: { ce: 1 }, student: otherHeads }),
  narrow(base, { id: 'twin', weights: hardLabels, student: otherHeads }),
]);

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
    initialisation: { kind: 'copy', blocks: Array.from({ length: layers / 2 }, (_, m) => m + 1) },
  }),
  twin(base, {
    initialisation: { kind: 'copy', blocks: Array.from({ length: layers / 2 }, (_, m) => m + 1) },
  }),
]);

const whole: Weights = { embd: 1, attn: 1, hidn: 1, pred: 1 };

/** TinyBERT whole: what each group of its losses is worth, from one start. */
export const tinybert2 = experiment(base, [
  narrow(base, { id: 'all', weights: whole }),
  narrow(base, { id: 'layers-only', weights: { embd: 1, attn: 1, hidn: 1 } }),
  narrow(base, { id: 'pred-only', weights: { pred: 1 } }),
  narrow(base, { id: 'twin', weights: hardLabels }),
]);

/** The proportions of TinyBERT₄ (a third of the layers, two fifths of the width) and of TinyBERT₆ (half the layers). */
export const tinybertSizes1 = experiment(base, [
  narrow(base, {
    id: 'tinybert4',
    weights: whole,
    student: { layers: 1, hiddenSize: 52, heads, intermediateSize: 200, tokenTypes: false },
    mapping: [layers],
  }),
  half('tinybert6', whole, { temperature: 1, initialisation: { kind: 'random' } }),
]);

/** From which of the teacher's layers? */
export const mapping1 = experiment(base, [
  narrow(base, { id: 'uniform', weights: whole }),
  narrow(base, { id: 'top', weights: whole, mapping: topMapping(layers, layers / 2) }),
  narrow(base, { id: 'bottom', weights: whole, mapping: bottomMapping(layers, layers / 2) }),
  narrow(base, { id: 'drawn', weights: whole, choices: { layers: 'drawn' } }),
]);

/** Held-out figures of the teacher and of every arm, and the distance of their attention. */
import * as tf from '@tensorflow/tfjs';
import { type Arm, type LossTerm, lossTerms } from '../config/experiment';
import type { ArmLosses, AttentionDistance, HeldOut } from '../config/results';
import type { Batch } from '../data/batches';
import { crossEntropy } from '../distill/distilbert';
import { weightedSum } from '../distill/objective';
import { armTerms } from './armTerms';
import { type BatchSizes, BatchTensors } from './batchTensors';
import { type Forward, forward, predictionRows } from './forward';
import type { Model, TrainedArm } from './model';

export interface Evaluation {
  sequences: number;
  maskedWords: number;
  teacher: HeldOut | null;
  arms: Record<string, HeldOut & { losses: ArmLosses; attention: AttentionDistance | null }>;
}

/** Sums over masked words: cross-entropy, right guesses, guesses equal to the teacher's, KL(teacher ‖ model), KL². */
const sumsWidth = 5;
/** Total, then each term. */
const termsWidth = 1 + lossTerms.length;

/**
 * Evaluates on `batches`; sums run over all of them, so that a padded last batch counts for what it holds.
 * Attention is compared on the first batch. `pause` is awaited between batches, so that commands are heard.
 */
export async function evaluate(
  teacher: Model | null,
  arms: TrainedArm[],
  batches: Batch[],
  seed: number,
  pause: () => Promise<void>,
): Promise<Evaluation> {
  const inputs = new BatchTensors(batchSizes(batches[0], arms[0].shape.vocabularySize));
  try {
    return await evaluateOn(inputs, teacher, arms, batches, seed, pause);
  } finally {
    inputs.dispose();
  }
}

export const batchSizes = (
  { batchSize, sequenceLength, labels }: Batch,
  vocabularySize: number,
): BatchSizes => ({ batchSize, sequenceLength, maskedSlots: labels.length, vocabularySize });

async function evaluateOn(
  inputs: BatchTensors,
  teacher: Model | null,
  arms: TrainedArm[],
  batches: Batch[],
  seed: number,
  pause: () => Promise<void>,
): Promise<Evaluation> {
  const teacherSums = new Float64Array(sumsWidth);
  const armSums = arms.map(() => new Float64Array(sumsWidth));
  const termSums = arms.map(() => new Float64Array(lossTerms.length));
  const attention: (AttentionDistance | null)[] = arms.map(() => null);
  let maskedWords = 0;

  for (const [index, source] of batches.entries()) {
    inputs.write(source, { seed, step: 0 });
    const measured = tf.tidy(() => measureBatch(teacher, arms, inputs, index === 0));
    const figures = (await measured.data()) as Float32Array;
    measured.dispose();
    let at = 0;
    const take = (width: number) => {
      at += width;
      return figures.subarray(at - width, at);
    };
    add(teacherSums, take(sumsWidth));
    arms.forEach(({ arm }, i) => {
      add(armSums[i], take(sumsWidth));
      const means = take(termsWidth);
      add(
        termSums[i],
        lossTerms.map((term, t) => means[t + 1] * rowsOf(term, arm, source)),
      );
      const size = index === 0 ? attentionSize(teacher, arms[i]) : null;
      if (size) attention[i] = readAttention(take(2 * size.blocks * size.heads), size);
    });
    maskedWords += source.maskedCount;
    await pause();
  }

  return {
    sequences: batches.reduce((sum, { sequenceCount }) => sum + sequenceCount, 0),
    maskedWords,
    teacher: teacher && heldOut(teacherSums, maskedWords, false),
    arms: Object.fromEntries(
      arms.map(({ arm }, i) => {
        const terms: Partial<Record<LossTerm, number>> = {};
        let total = 0;
        lossTerms.forEach((term, t) => {
          if (!termsOf(arm, teacher).includes(term)) return;
          const rows = batches.reduce((sum, batch) => sum + rowsOf(term, arm, batch), 0);
          const value = termSums[i][t] / rows;
          terms[term] = value;
          total += arm.objective[term] * value;
        });
        const losses: ArmLosses = { total, terms, gradientNorm: null };
        return [
          arm.id,
          { ...heldOut(armSums[i], maskedWords, teacher !== null), losses, attention: attention[i] },
        ];
      }),
    ),
  };
}

/** The rows that a term is a mean over, by which the means of batches are weighed: masked words, tokens, or all of B·L. */
function rowsOf(term: LossTerm, arm: Arm, batch: Batch): number {
  if (term === 'attn' || term === 'hidn') return batch.batchSize * batch.sequenceLength;
  const masked = term === 'mlm' || (term !== 'cos' && arm.positions === 'masked');
  return masked ? batch.maskedCount : batch.tokenCount;
}

/** Terms of an arm that are computed: those with a weight, and without a teacher those that need none. */
const termsOf = ({ objective }: Arm, teacher: Model | null): LossTerm[] =>
  lossTerms.filter((term) => objective[term] > 0 && (term === 'mlm' || teacher !== null));

const add = (sums: Float64Array, values: ArrayLike<number>) => {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i];
};

function heldOut(sums: Float64Array, words: number, compared: boolean): HeldOut {
  const [loss, right, agreeing, divergence, squares] = sums;
  return {
    loss: loss / words,
    accuracy: right / words,
    agreement: compared ? agreeing / words : null,
    klToTeacher: compared ? divergence / words : null,
    klError: compared ? standardError(divergence, squares, words) : null,
  };
}

/** Of a mean, from the sum and the sum of squares of `count` values; null for fewer than two. */
export function standardError(sum: number, squares: number, count: number): number | null {
  if (count < 2) return null;
  const variance = Math.max(0, squares - sum ** 2 / count) / (count - 1);
  return Math.sqrt(variance / count);
}

interface AttentionSize {
  blocks: number;
  heads: number;
}

/** What is compared between teacher and student; null where it can't be, for want of a teacher or of equal heads. */
function attentionSize(teacher: Model | null, { arm, shape }: TrainedArm): AttentionSize | null {
  if (teacher?.shape.heads !== shape.heads || arm.mapping.length === 0) return null;
  return { blocks: arm.mapping.length, heads: shape.heads };
}

/** All figures of one batch as one tensor, so that they are read at once. */
function measureBatch(
  teacher: Model | null,
  arms: TrainedArm[],
  batch: BatchTensors,
  withAttention: boolean,
) {
  const wanted = arms.map(({ arm }) => termsOf(arm, teacher));
  const everywhere = arms.map(({ arm }, i) => predictionRows(arm, wanted[i]) === 'all');
  const scores = withAttention || wanted.some((terms) => terms.includes('attn'));
  const needs = { maskedLogits: true, scores, probabilities: withAttention };
  const pass = teacher && forward(teacher, batch, { ...needs, allLogits: everywhere.some(Boolean) });
  const parts: tf.Tensor[] = [pass ? wordSums(pass, batch, pass) : tf.zeros([sumsWidth])];
  arms.forEach((model, i) => {
    const { arm, parameters } = model;
    const student = forward(model, batch, { ...needs, allLogits: everywhere[i] });
    const temperature = tf.tensor1d([arm.temperature]);
    const terms = armTerms(arm, wanted[i], student, batch, pass, { parameters, temperature });
    const weights = tf.tensor1d(lossTerms.map((term) => arm.objective[term]));
    parts.push(wordSums(student, batch, pass), weightedSum(terms, weights).report);
    if (withAttention && pass && attentionSize(teacher, model)) {
      parts.push(attentionErrors(student, pass, arm.mapping, batch));
    }
  });
  return tf.concat(parts.map((part) => part.flatten()));
}

/** The sums over the masked words of a batch, [sumsWidth]. */
function wordSums(model: Forward, batch: BatchTensors, teacher: Forward | null): tf.Tensor1D {
  const logits = model.maskedLogits!;
  const weights = batch.maskedWeights;
  const total = (x: tf.Tensor) => x.mul(weights).sum();
  const guesses = logits.argMax(-1);
  const sums = [
    total(crossEntropy(logits, batch.labels)),
    total(guesses.equal(batch.labels).cast('float32')),
  ];
  if (!teacher) return tf.stack([...sums, tf.scalar(0), tf.scalar(0), tf.scalar(0)]) as tf.Tensor1D;
  const teacherLogits = teacher.maskedLogits!;
  const logTeacher = tf.logSoftmax(teacherLogits);
  const divergence = logTeacher
    .exp()
    .mul(logTeacher.sub(tf.logSoftmax(logits)))
    .sum(-1);
  const agreeing = guesses.equal(teacherLogits.argMax(-1)).cast('float32');
  return tf.stack([...sums, total(agreeing), total(divergence), total(divergence.square())]) as tf.Tensor1D;
}

/** MSE per mapped block and head, of scores and then of probabilities, over pairs of real tokens: [2, blocks, H]. */
function attentionErrors(
  student: Forward,
  teacher: Forward,
  mapping: number[],
  batch: BatchTensors,
): tf.Tensor {
  const mask = batch.input.attentionMask;
  const pairs = mask.expandDims(2).mul(mask.expandDims(1)).expandDims(1); // [B, 1, L, L]
  const count = pairs.sum();
  const errors = (of: 'attentionScores' | 'attentionProbabilities') =>
    mapping.map((block, m) =>
      tf
        .squaredDifference(student.encoder[of][m], teacher.encoder[of][block - 1])
        .mul(pairs)
        .sum([0, 2, 3])
        .div(count),
    );
  return tf.stack([...errors('attentionScores'), ...errors('attentionProbabilities')]);
}

function readAttention(values: ArrayLike<number>, { blocks, heads }: AttentionSize): AttentionDistance {
  const rows = (from: number) =>
    Array.from({ length: blocks }, (_, m) =>
      Array.from({ length: heads }, (_, h) => values[from + m * heads + h]),
    );
  return { scores: rows(0), probabilities: rows(blocks * heads) };
}

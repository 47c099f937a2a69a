/** Held-out figures of the teacher and of every arm, and the distance of their attention. */
import * as tf from '@tensorflow/tfjs';
import { type LossTerm, lossTerms } from '../config/experiment';
import type { ArmLosses, AttentionDistance, HeldOut } from '../config/results';
import type { Batch } from '../data/batches';
import { crossEntropy } from '../distill/distilbert';
import { weightedSum } from '../distill/objective';
import { armTerms } from './armTerms';
import { type BatchTensors, batchTensors } from './batchTensors';
import { type Forward, forward, needsAllLogits, type TeacherPass, teacherPass } from './forward';
import type { Model, TrainedArm } from './model';
import { reportWidth, stackTerms } from './step';

export interface Evaluation {
  sequences: number;
  maskedWords: number;
  teacher: HeldOut | null;
  arms: Record<string, HeldOut & { losses: ArmLosses; attention: AttentionDistance | null }>;
}

/** Sums over masked words: cross-entropy, right guesses, guesses equal to the teacher's, KL(teacher ‖ model). */
const sumsWidth = 4;
const termsWidth = reportWidth - 1;

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
  const teacherSums = new Float64Array(sumsWidth);
  const armSums = arms.map(() => new Float64Array(sumsWidth));
  const termSums = arms.map(() => new Float64Array(lossTerms.length));
  const attention: (AttentionDistance | null)[] = arms.map(() => null);
  let maskedWords = 0;
  let tokens = 0;

  for (const [index, source] of batches.entries()) {
    const measured = tf.tidy(() => measureBatch(teacher, arms, source, seed, index === 0));
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
      // Term means weigh by the rows they were taken over: masked words, or all tokens.
      const means = take(termsWidth);
      const rows = lossTerms.map((term) =>
        overMasked(term, arm.positions) ? source.maskedCount : source.tokenCount,
      );
      add(
        termSums[i],
        rows.map((count, t) => means[t + 1] * count),
      );
      const size = index === 0 ? attentionSize(teacher, arms[i]) : null;
      if (size) attention[i] = readAttention(take(2 * size.blocks * size.heads), size);
    });
    maskedWords += source.maskedCount;
    tokens += source.tokenCount;
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
          if (arm.objective[term] <= 0 || (term !== 'mlm' && !teacher)) return;
          const value = termSums[i][t] / (overMasked(term, arm.positions) ? maskedWords : tokens);
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

const overMasked = (term: LossTerm, positions: 'all' | 'masked') =>
  term === 'mlm' || (term !== 'cos' && positions === 'masked');

const add = (sums: Float64Array, values: ArrayLike<number>) => {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i];
};

function heldOut(sums: Float64Array, words: number, compared: boolean): HeldOut {
  const [loss, right, agreeing, divergence] = sums;
  return {
    loss: loss / words,
    accuracy: right / words,
    agreement: compared ? agreeing / words : null,
    klToTeacher: compared ? divergence / words : null,
  };
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
  source: Batch,
  seed: number,
  withAttention: boolean,
) {
  const batch = batchTensors(source, arms[0].shape.vocabularySize);
  const pass =
    teacher &&
    teacherPass(
      teacher,
      batch,
      arms.map(({ arm }) => arm),
      { seed, step: 0 },
    );
  const parts: tf.Tensor[] = [pass ? wordSums(pass.maskedLogits, batch, pass) : tf.zeros([sumsWidth])];
  for (const model of arms) {
    const { arm } = model;
    const student = forward(model, batch, needsAllLogits(arm));
    const terms = armTerms(arm, student, batch, pass);
    parts.push(
      wordSums(student.maskedLogits, batch, pass),
      stackTerms(weightedSum(terms, arm.objective), terms),
    );
    if (withAttention && pass && attentionSize(teacher, model)) {
      parts.push(attentionErrors(student, pass, arm.mapping, batch));
    }
  }
  return tf.concat(parts.map((part) => part.flatten()));
}

/** The four sums over the masked words of a batch, [4]. */
function wordSums(logits: tf.Tensor2D, batch: BatchTensors, teacher: TeacherPass | null): tf.Tensor1D {
  const weights = batch.maskedWeights;
  const total = (x: tf.Tensor) => x.mul(weights).sum();
  const guesses = logits.argMax(-1);
  const sums = [
    total(crossEntropy(logits, batch.labels)),
    total(guesses.equal(batch.labels).cast('float32')),
  ];
  if (!teacher) return tf.stack([...sums, tf.scalar(0), tf.scalar(0)]) as tf.Tensor1D;
  const logTeacher = tf.logSoftmax(teacher.maskedLogits);
  const divergence = logTeacher
    .exp()
    .mul(logTeacher.sub(tf.logSoftmax(logits)))
    .sum(-1);
  const agreeing = guesses.equal(teacher.maskedLogits.argMax(-1)).cast('float32');
  return tf.stack([...sums, total(agreeing), total(divergence)]) as tf.Tensor1D;
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

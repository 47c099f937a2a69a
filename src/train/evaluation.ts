/** Held-out figures of the teacher and of every arm, and the distance of their attention. */
import * as tf from '@tensorflow/tfjs';
import { type Arm, type LossTerm, lossTerms } from '../config/experiment';
import type { ArmLosses, AttentionDistance, HeldOut } from '../config/results';
import type { Batch } from '../data/batches';
import { type TermShares, weightedSum } from '../distill/objective';
import { armTerms } from './armTerms';
import { attentionErrors, attentionSize, readAttention } from './attentionErrors';
import { type BatchSizes, BatchTensors } from './batchTensors';
import { forward, predictionRows } from './forward';
import type { Model, TrainedArm } from './model';
import { type PassNeeds, type TeacherPass, TeacherPasses } from './teacherPasses';
import { wordFigures, wordFiguresWidth } from './wordFigures';

export interface Evaluation {
  sequences: number;
  maskedWords: number;
  teacher: HeldOut | null;
  arms: Record<string, HeldOut & { losses: ArmLosses; attention: AttentionDistance | null }>;
}

/** Total, then each term. */
const termsWidth = 1 + lossTerms.length;

export const batchSizes = (
  { batchSize, sequenceLength, labels }: Batch,
  vocabularySize: number,
): BatchSizes => ({ batchSize, sequenceLength, maskedSlots: labels.length, vocabularySize });

export interface EvaluateOptions {
  /** Of the shuffled teacher. */
  seed: number;
  /** Whether the teacher's side of these batches is kept for the next time. */
  keep: boolean;
  /** Awaited between batches, so that commands are heard. */
  pause: () => Promise<void>;
}

/** An arm as it was when the evaluation began, with its numbers as the step would read them: T [1], weights [K]. */
interface Evaluated extends TrainedArm {
  terms: LossTerm[];
  temperature: tf.Tensor1D;
  lossWeights: tf.Tensor1D;
}

export class Evaluator {
  private readonly passes: TeacherPasses | null;

  constructor(
    private readonly teacher: Model | null,
    private readonly arms: TrainedArm[],
  ) {
    this.passes = teacher && new TeacherPasses(teacher);
  }

  /**
   * Evaluates on `batches` of one shape; sums run over all of them, so that a last batch that is filled up counts for what
   * it holds, and no figure depends on how sequences are divided into batches. Attention is compared on the first batch.
   */
  async evaluate(batches: Batch[], { seed, keep, pause }: EvaluateOptions): Promise<Evaluation> {
    const inputs = new BatchTensors(batchSizes(batches[0], this.arms[0].shape.vocabularySize));
    const arms = this.arms.map((model) => evaluated(model, this.teacher));
    const shuffle = arms.some(({ arm }) => arm.softTargets === 'shuffled') ? { seed, step: 0 } : null;
    const needs = needsOf(arms);
    this.passes?.expect(needs);
    const compared = arms.some((model) => attentionSize(this.teacher, model) !== null);
    const readings: Promise<ArrayLike<number>>[] = [];
    try {
      for (const [index, source] of batches.entries()) {
        inputs.write(source, shuffle);
        const measured = tf.tidy(() => {
          const withAttention = compared && index === 0;
          const of = withAttention ? { ...needs, scores: true, probabilities: true } : needs;
          const pass = this.passes?.of(source, inputs, of, keep) ?? null;
          return this.measure(arms, source, inputs, pass, withAttention);
        });
        const reading = measured.data();
        void reading.finally(() => measured.dispose()).catch(() => {});
        readings.push(reading);
        // The device goes on with this batch while the one before is waited for.
        await readings[index - 1];
        await pause();
      }
      return this.figures(arms, batches, await Promise.all(readings));
    } finally {
      await Promise.allSettled(readings);
      inputs.dispose();
      for (const { temperature, lossWeights } of arms) tf.dispose([temperature, lossWeights]);
    }
  }

  dispose() {
    this.passes?.dispose();
  }

  /** All figures of one batch as one tensor, so that they are read at once. */
  private measure(
    arms: Evaluated[],
    source: Batch,
    inputs: BatchTensors,
    pass: TeacherPass | null,
    withAttention: boolean,
  ): tf.Tensor {
    const parts: tf.Tensor[] = [pass ? pass.words.sums : tf.zeros([wordFiguresWidth])];
    const logits = pass && { maskedLogits: pass.forward.maskedLogits!, guesses: pass.words.guesses };
    for (const model of arms) {
      const { arm, terms, parameters, temperature, lossWeights } = model;
      const compared = withAttention && attentionSize(this.teacher, model) !== null;
      const student = forward(model, inputs, {
        maskedLogits: true,
        allLogits: predictionRows(arm, terms) === 'all',
        scores: compared || terms.includes('attn'),
        probabilities: compared,
      });
      const shares = armTerms(arm, terms, student, inputs, pass?.forward ?? null, {
        parameters,
        temperature,
      });
      const { report } = weightedSum(withoutFilling(shares, source), lossWeights);
      parts.push(wordFigures(student.maskedLogits!, inputs, logits).sums, report);
      if (compared) parts.push(attentionErrors(student, pass!.forward, arm.mapping, inputs));
    }
    return tf.concat(parts.map((part) => part.flatten()));
  }

  /** The figures of all batches from what was measured of each. */
  private figures(arms: Evaluated[], batches: Batch[], measured: ArrayLike<number>[]): Evaluation {
    const teacherSums = new Float64Array(wordFiguresWidth);
    const armSums = arms.map(() => new Float64Array(wordFiguresWidth));
    const termSums = arms.map(() => new Float64Array(lossTerms.length));
    const attention: (AttentionDistance | null)[] = arms.map(() => null);
    batches.forEach((batch, index) => {
      const values = Float64Array.from(measured[index]);
      let at = 0;
      const take = (width: number) => {
        at += width;
        return values.subarray(at - width, at);
      };
      addWords(teacherSums, take(wordFiguresWidth), batch);
      arms.forEach((model, i) => {
        addWords(armSums[i], take(wordFiguresWidth), batch);
        const means = take(termsWidth);
        lossTerms.forEach((term, t) => {
          termSums[i][t] += means[t + 1] * dividedBy(term, model.arm, batch);
        });
        const size = index === 0 ? attentionSize(this.teacher, model) : null;
        if (size) attention[i] = readAttention(take(2 * size.blocks * size.heads), size);
      });
    });
    const total = (of: (batch: Batch) => number) => batches.reduce((sum, batch) => sum + of(batch), 0);
    const words = total(({ maskedCount }) => maskedCount);
    const compared = this.teacher !== null;
    const ofArm = ({ arm, terms }: Evaluated, i: number) => {
      const means: Partial<Record<LossTerm, number>> = {};
      let sum = 0;
      for (const term of terms) {
        const rows = total((batch) => held(term, arm, batch));
        const mean = termSums[i][lossTerms.indexOf(term)] / Math.max(1, rows);
        means[term] = mean;
        sum += arm.objective[term] * mean;
      }
      const losses: ArmLosses = { total: sum, terms: means, gradientNorm: null };
      return { ...heldOut(armSums[i], words, compared), losses, attention: attention[i] };
    };
    return {
      sequences: total(({ sequenceCount }) => sequenceCount),
      maskedWords: words,
      teacher: this.teacher && heldOut(teacherSums, words, false),
      arms: Object.fromEntries(arms.map((model, i) => [model.arm.id, ofArm(model, i)])),
    };
  }
}

/** An arm for one evaluation: numbers that are changed under way don't mix two of them into one figure. */
function evaluated(model: TrainedArm, teacher: Model | null): Evaluated {
  const { temperature, weights } = model.dials.parts;
  return {
    ...model,
    terms: termsOf(model.arm, teacher),
    temperature: tf.tidy(() => temperature.add(0)) as tf.Tensor1D,
    lossWeights: tf.tidy(() => weights.add(0)) as tf.Tensor1D,
  };
}

/** Terms of an arm that are computed: those with a weight, and without a teacher those that need none. */
const termsOf = ({ objective }: Arm, teacher: Model | null): LossTerm[] =>
  lossTerms.filter((term) => objective[term] > 0 && (term === 'mlm' || teacher !== null));

/** What the arms together need of the teacher's pass; where attention is compared, that comes besides. */
function needsOf(arms: Evaluated[]): PassNeeds {
  const some = (term: LossTerm) => arms.some(({ terms }) => terms.includes(term));
  return {
    maskedLogits: true,
    allLogits: arms.some(({ arm, terms }) => predictionRows(arm, terms) === 'all'),
    scores: some('attn'),
    probabilities: false,
    layers: some('hidn'),
  };
}

/** Shares without those of rows that only fill the last batch up: L_hidn alone gives such rows any. */
function withoutFilling(parts: TermShares[], { batchSize, sequenceCount, sequenceLength }: Batch) {
  if (sequenceCount === batchSize) return parts;
  const held = sequenceCount * sequenceLength;
  return parts.map(({ terms, shares }) =>
    terms.includes('hidn') ? { terms, shares: shares.slice([0], [held]) } : { terms, shares },
  );
}

/** The rows that a term's mean over a batch was divided by: masked words, tokens, or all of B·L. */
function dividedBy(term: LossTerm, arm: Arm, batch: Batch): number {
  if (term === 'attn' || term === 'hidn') return batch.batchSize * batch.sequenceLength;
  return held(term, arm, batch);
}

/** The rows of a batch that a term's mean runs over; padding counts in L_attn and L_hidn, filling nowhere. */
function held(term: LossTerm, arm: Arm, batch: Batch): number {
  if (term === 'attn' || term === 'hidn') return batch.sequenceCount * batch.sequenceLength;
  const masked = term === 'mlm' || (term !== 'cos' && arm.positions === 'masked');
  return masked ? batch.maskedCount : batch.tokenCount;
}

/** Adds the words of a batch, whose first two figures are means, and whose last one is of shares in a mean. */
function addWords(
  sums: Float64Array,
  [loss, divergence, right, agreeing, squares]: Float64Array,
  { maskedCount }: Batch,
) {
  const words = [loss * maskedCount, divergence * maskedCount, right, agreeing, squares * maskedCount ** 2];
  words.forEach((value, i) => {
    sums[i] += value;
  });
}

/** Means over the words; zeros where there is none, which `maskedWords` tells. */
function heldOut(sums: Float64Array, words: number, compared: boolean): HeldOut {
  const [loss, divergence, accuracy, agreement] = sums.map((sum) => sum / Math.max(1, words));
  return {
    loss,
    accuracy,
    agreement: compared ? agreement : null,
    klToTeacher: compared ? divergence : null,
    klError: compared ? standardError(sums[1], sums[4], words) : null,
  };
}

/** Of a mean, from the sum and the sum of squares of `count` values; null for fewer than two. */
export function standardError(sum: number, squares: number, count: number): number | null {
  if (count < 2) return null;
  const variance = Math.max(0, squares - sum ** 2 / count) / (count - 1);
  return Math.sqrt(variance / count);
}

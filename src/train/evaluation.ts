/** Held-out figures of the teacher and of every arm, and the distance of their attention. */
import * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { answersOf, type Head, mlm } from '../config/heads';
import { askedLessons, readsStates, studentNeeds } from '../config/needs';
import { termsOf, weightOf } from '../config/objective';
import type { ArmLosses, AttentionDistance, EvaluationPoint } from '../config/results';
import type { Batch } from '../data/batches';
import { isTerm, meanOf, needsTeacher, type TermId } from '../methods/registry';
import { type ArmScalars, armShares, scalarsOf } from './armShares';
import { attentionErrors, attentionSize, readAttention } from './attentionErrors';
import { type BatchSizes, BatchTensors } from './batchTensors';
import { forward } from './forward';
import { HeldOutSums } from './heldOutSums';
import { giveLessons, lessonsOf } from './lessons';
import type { Model, TrainedArm } from './model';
import { effectiveWeights, type When } from './numbers';
import { type TermShares, weightedSum } from './objective';
import { OtherTeachers } from './otherTeachers';
import { slotCount, slotOf } from './slots';
import { type PassNeeds, type TeacherPass, TeacherPasses } from './teacherPasses';
import { toldFigures, type WordFigures, wordFigures } from './wordFigures';

export type Evaluation = Omit<EvaluationPoint, 'step' | 'extent'>;

/** Total, then each slot. */
const termsWidth = 1 + slotCount;

export const batchSizes = (
  { batchSize, sequenceLength, labels, segmentIds }: Batch,
  vocabularySize: number,
  answers = vocabularySize,
): BatchSizes => ({
  batchSize,
  sequenceLength,
  maskedSlots: labels.length,
  vocabularySize,
  answers,
  pairs: segmentIds !== undefined,
});

/** V, and how many answers a model chooses from. */
export const sizesOf = ({ shape: { vocabularySize }, head = mlm }: Model): [number, number] => [
  vocabularySize,
  answersOf(head, vocabularySize),
];

export interface EvaluateOptions {
  /** Of the shuffled teacher. */
  seed: number;
  /** Whether the teacher's side of these batches is kept for the next time. */
  keep: boolean;
  /** Awaited between batches, so that commands are heard. */
  pause: () => Promise<void>;
  /** The moment, by which methods that move weights weigh the sum; left out: the plan's weights. */
  when?: When;
}

/** An arm as it was when the evaluation began, with its numbers as the step would read them. */
interface Evaluated extends TrainedArm {
  terms: TermId[];
  scalars: ArmScalars;
  lossWeights: tf.Tensor1D;
  /** Copies of the arm's numbers. */
  copied: Record<string, tf.Tensor>;
}

export class Evaluator {
  private readonly passes: TeacherPasses | null;
  /** The one that all figures compare with. */
  private readonly teacher: Model | null;
  private readonly others: OtherTeachers;
  /** All models have the same. */
  private readonly head: Head;

  constructor(
    private readonly teachers: readonly Model[],
    private readonly arms: TrainedArm[],
  ) {
    this.head = arms[0]?.head ?? mlm;
    this.teacher = teachers[0] ?? null;
    this.passes = this.teacher && new TeacherPasses(this.teacher);
    this.others = new OtherTeachers(teachers.slice(1));
  }

  /**
   * Evaluates on `batches` of one shape; sums run over all of them, so that a last batch that is filled up counts for what
   * it holds, and no figure depends on how sequences are divided into batches. Attention is compared on the first batch.
   */
  async evaluate(batches: Batch[], { seed, keep, pause, when }: EvaluateOptions): Promise<Evaluation> {
    const inputs = new BatchTensors(batchSizes(batches[0], ...sizesOf(this.arms[0])));
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
          const others = this.others.of(source, inputs, pass, keep);
          return this.measure(arms, source, inputs, { pass, others }, withAttention);
        });
        const reading = measured.data();
        void reading.finally(() => measured.dispose()).catch(() => {});
        readings.push(reading);
        // The device goes on with this batch while the one before is waited for.
        await readings[index - 1];
        await pause();
      }
      return this.figures(arms, batches, await Promise.all(readings), when);
    } finally {
      await Promise.allSettled(readings);
      inputs.dispose();
      for (const { copied } of arms) tf.dispose(copied);
    }
  }

  dispose() {
    this.passes?.dispose();
    this.others.dispose();
  }

  /** All figures of one batch as one tensor, so that they are read at once. */
  private measure(
    arms: Evaluated[],
    source: Batch,
    inputs: BatchTensors,
    { pass, others }: { pass: TeacherPass | null; others: WordFigures[] },
    withAttention: boolean,
  ): tf.Tensor {
    const told = (words: WordFigures) => toldFigures(words, this.head);
    const parts: tf.Tensor[] = [...(pass ? [pass.words] : []), ...others].map(told);
    const logits = pass && { maskedLogits: pass.forward.maskedLogits!, guesses: pass.words.guesses };
    const lessons = giveLessons(this.teachers, arms, inputs, pass?.forward);
    for (const model of arms) {
      const { arm, pair, terms, parameters, scalars, lossWeights } = model;
      const compared = withAttention && attentionSize(this.teacher, model) !== null;
      const own = studentNeeds(arm, terms);
      const student = forward(model, inputs, {
        ...own,
        maskedLogits: true,
        scores: compared || own.scores,
        probabilities: compared,
      });
      const teachers = lessonsOf(arm, arms, lessons);
      const shares = armShares({ arm, pair, terms, student, teachers, batch: inputs, parameters, scalars });
      const { report } = weightedSum(withoutFilling(shares, arm, source), lossWeights);
      parts.push(told(wordFigures(student.maskedLogits!, inputs, logits)), report);
      if (compared) parts.push(attentionErrors(student, pass!.forward, arm.mapping, inputs));
    }
    return tf.concat(parts.map((part) => part.flatten()));
  }

  /** The figures of all batches from what was measured of each. */
  private figures(
    arms: Evaluated[],
    batches: Batch[],
    measured: ArrayLike<number>[],
    when?: When,
  ): Evaluation {
    const sumsOf = (models: readonly Model[]) => models.map(() => new HeldOutSums(this.head));
    const teacherSums = sumsOf(this.teachers);
    const armSums = sumsOf(arms);
    const termSums = arms.map(() => new Float64Array(slotCount));
    const attention: (AttentionDistance | null)[] = arms.map(() => null);
    batches.forEach((batch, index) => {
      const values = Float64Array.from(measured[index]);
      let at = 0;
      const take = (width: number) => {
        at += width;
        return values.subarray(at - width, at);
      };
      for (const sums of teacherSums) sums.add(take, batch);
      arms.forEach((model, i) => {
        armSums[i].add(take, batch);
        const means = take(termsWidth);
        for (const term of model.terms) {
          termSums[i][slotOf(term)] += means[1 + slotOf(term)] * dividedBy(term, model.arm, batch);
        }
        const size = index === 0 ? attentionSize(this.teacher, model) : null;
        if (size) attention[i] = readAttention(take(2 * size.blocks * size.heads), size);
      });
    });
    const total = (of: (batch: Batch) => number) => batches.reduce((sum, batch) => sum + of(batch), 0);
    const words = total(({ maskedCount }) => maskedCount);
    const compared = this.teacher !== null;
    const ofArm = ({ arm, terms }: Evaluated, i: number) => {
      const weights = when && effectiveWeights(arm, when);
      const means: ArmLosses['terms'] = {};
      let sum = 0;
      for (const term of terms) {
        const rows = total((batch) => held(term, arm, batch));
        const mean = termSums[i][slotOf(term)] / Math.max(1, rows);
        means[term] = mean;
        sum += (weights?.get(term) ?? weightOf(arm, term)) * mean;
      }
      const losses: ArmLosses = { total: sum, terms: means, gradientNorm: null };
      return { ...armSums[i].figures(words, compared), losses, attention: attention[i] };
    };
    const [first, ...others] = teacherSums;
    return {
      sequences: total(({ sequenceCount }) => sequenceCount),
      maskedWords: words,
      teacher: first?.figures(words, false) ?? null,
      ...(others.length > 0 && { others: others.map((sums) => sums.figures(words, true)) }),
      arms: Object.fromEntries(arms.map((model, i) => [model.arm.id, ofArm(model, i)])),
    };
  }
}

/** An arm for one evaluation: numbers that are changed under way don't mix two of them into one figure. */
function evaluated(model: TrainedArm, teacher: Model | null): Evaluated {
  const parts = Object.entries(model.numbers.parts);
  const copied = tf.tidy(() => Object.fromEntries(parts.map(([name, part]) => [name, part.add(0)])));
  return {
    ...model,
    terms: computedTerms(model.arm, teacher),
    scalars: scalarsOf(copied),
    lossWeights: copied.weights as tf.Tensor1D,
    copied,
  };
}

/** Terms of an arm that are computed: those with a weight, and without a teacher those that need none. */
const computedTerms = (arm: Arm, teacher: Model | null): TermId[] =>
  termsOf(arm).filter((term) => teacher !== null || !needsTeacher(term));

/** What the arms together need of the teacher's pass; where attention is compared, that comes besides. */
function needsOf(arms: Evaluated[]): PassNeeds {
  const [needs = null] = askedLessons(1, arms).teachers;
  return {
    maskedLogits: true,
    allLogits: needs?.allLogits ?? false,
    scores: needs?.scores ?? false,
    qkv: needs?.qkv ?? [],
    probabilities: false,
    layers: arms.some(({ terms }) => readsStates(terms)),
  };
}

/**
 * Shares without those of sequences that only fill the last batch up, which means over all cells would count. Such shares
 * are in the order of the sequences.
 */
function withoutFilling(parts: TermShares[], arm: Arm, { batchSize, sequenceCount }: Batch): TermShares[] {
  if (sequenceCount === batchSize) return parts;
  return parts.map((part) => {
    const [term] = part.terms;
    if (part.terms.length > 1 || !term || !isTerm(term) || meanOf(term, arm) !== 'cells') return part;
    const held = (part.shares.size / batchSize) * sequenceCount;
    return { ...part, shares: part.shares.flatten().slice([0], [held]) };
  });
}

/** What a term's mean over a batch was divided by. */
function dividedBy(term: TermId, arm: Arm, batch: Batch): number {
  if (meanOf(term, arm) === 'cells') return batch.batchSize * batch.sequenceLength;
  return held(term, arm, batch);
}

/** How much of a batch a term's mean runs over; padding counts among the cells, filling nowhere. */
function held(term: TermId, arm: Arm, batch: Batch): number {
  switch (meanOf(term, arm)) {
    case 'asked':
      return batch.maskedCount;
    case 'tokens':
      return batch.tokenCount;
    case 'cells':
      return batch.sequenceCount * batch.sequenceLength;
    case 'pairs':
      return pairsOf(batch);
    case 'sequences':
      return batch.sequenceCount;
  }
}

/** Pairs of tokens of one sequence. */
function pairsOf({ attentionMask, batchSize, sequenceLength }: Batch): number {
  let pairs = 0;
  for (let b = 0; b < batchSize; b++) {
    const row = attentionMask.subarray(b * sequenceLength, (b + 1) * sequenceLength);
    pairs += row.reduce((sum, token) => sum + token, 0) ** 2;
  }
  return pairs;
}

/**
 * One update of every arm: the teacher's pass once for all, then for each arm forward, losses, gradients and AdamW.
 * Whatever changes from step to step lies in stored tensors, so that the parts can be recorded once and replayed.
 */
import * as tf from '@tensorflow/tfjs';
import type { Training } from '../config/experiment';
import { studentNeeds } from '../config/needs';
import type { Batch } from '../data/batches';
import { randomStream } from '../data/random';
import { accumulateInPlace } from '../kernels/adamW/adamW';
import { type AdamWHyper, fillHyper, hyperLength } from '../kernels/adamW/hyper';
import { copyInto, touch, writeStored } from '../kernels/backends/storage';
import type { TermId } from '../methods/registry';
import { adamW, updateKinds } from '../optim/adamw';
import { armShares, scalarsOf } from './armShares';
import { type BatchSizes, BatchTensors } from './batchTensors';
import { forward } from './forward';
import { giveLessons, type Lessons, lessonsOf } from './lessons';
import type { Model, TrainedArm } from './model';
import { effectiveWeights, fillNumbers, type When } from './numbers';
import { weightedSum } from './objective';
import { isTrained, type Span, spansOf, termReaches } from './reach';
import { replacedBlock } from './replacement';
import type { ReportRing } from './reports';
import { slotCount, slotOf } from './slots';

/** What is needed beyond the batch to update the arms once. */
export interface StepNumbers {
  /** Updates done before, from 0. */
  step: number;
  learningRate: number;
  training: Pick<Training, 'weightDecay' | 'clipNorm' | 'seed' | 'steps'>;
  /** Passes over the text that are done. */
  epoch: number;
  betas: Pick<AdamWHyper, 'beta1' | 'beta2' | 'epsilon'>;
}

export interface StepParts {
  /** The teacher, then others; none where arms learn from hard labels alone. */
  teachers: Model[];
  arms: TrainedArm[];
  /** Terms that are computed for each arm; those with a weight are always among them. */
  terms: TermId[][];
  /** Batches whose gradients make up one update. */
  accumulation: number;
  ring: ReportRing;
  sizes: BatchSizes;
  /** The odds by which arms drop numbers while they learn; teachers never do. 0 where left out. */
  dropout?: number;
  /** The losses of an arm; those of its objective where left out. */
  losses?: typeof armShares;
}

/** The seed of a batch's dropout: 32 bits, as an integer of both signs. */
const dropoutSeed = (seed: number, batch: number) =>
  (randomStream(seed, batch, 'dropout').next() * 2 ** 32) | 0;

export class TrainingStep {
  readonly arms: TrainedArm[];
  readonly terms: TermId[][];
  readonly inputs: BatchTensors;
  private readonly teachers: Model[];
  private readonly accumulation: number;
  private readonly ring: ReportRing;
  private readonly dropout: number;
  private readonly losses: typeof armShares;
  private readonly hyper = new Float32Array(hyperLength);
  /** By arm, what goes into its block of numbers. */
  private readonly values: Float32Array[];
  /** By arm, the parameters that got a gradient. */
  private readonly reached: Set<string>[];
  /** By arm, the terms by which its `kinds` were written. */
  private readonly weighted: string[];
  /** Of what was written last. */
  private when: When | null = null;

  constructor(parts: StepParts) {
    const { teachers, arms, terms, accumulation, ring, sizes, dropout = 0, losses = armShares } = parts;
    this.teachers = teachers;
    this.arms = arms;
    this.terms = terms;
    this.accumulation = accumulation;
    this.ring = ring;
    this.dropout = dropout;
    this.losses = losses;
    this.inputs = new BatchTensors(sizes);
    this.reached = arms.map(() => new Set());
    this.weighted = arms.map(() => '');
    this.values = arms.map(({ numbers }) => new Float32Array(numbers.size));
  }

  /** Writes what the parts read. `micro` counts the update's batches from 0. */
  write(batch: Batch, micro: number, { step, learningRate, training, betas, epoch }: StepNumbers) {
    const shuffled = this.arms.some(({ arm }) => arm.softTargets === 'shuffled');
    const shuffle = shuffled ? { seed: training.seed, step } : null;
    const draw = this.dropout > 0 ? dropoutSeed(training.seed, step * this.accumulation + micro) : 0;
    this.inputs.write(batch, shuffle, draw);
    const when: When = { step, steps: training.steps, micro, epoch, seed: training.seed };
    this.arms.forEach(({ arm, pair, numbers }, i) => {
      const hyper = fillHyper(this.hyper, {
        ...betas,
        learningRate,
        weightDecay: training.weightDecay,
        clipNorm: training.clipNorm,
        update: step + 1,
        gradientScale: 1 / this.accumulation,
        slot: this.ring.slotOf(step),
      });
      const values = this.values[i];
      fillNumbers(values, numbers.offsets, arm, pair, when);
      values.set(hyper, numbers.offsets.hyper);
      values[numbers.offsets.first] = micro === 0 ? 1 : 0;
      writeStored(numbers.flat, values);
      this.when = when;
      this.writeKinds(i);
    });
  }

  /** The weight of a term in what was written last. */
  weightWritten(index: number, term: TermId): number {
    return this.values[index][this.arms[index].numbers.offsets.weights + slotOf(term)];
  }

  /** Leaves of the weights that were written last one term's alone, until the next are written. */
  weighAlone(index: number, term: TermId) {
    const { numbers } = this.arms[index];
    const { weights } = numbers.offsets;
    const values = this.values[index].slice();
    values.fill(0, weights, weights + slotCount);
    values[weights + slotOf(term)] = this.weightWritten(index, term);
    writeStored(numbers.flat, values);
  }

  /** Computes the written batch, and with `last` the updates after it, operation by operation. */
  run(last: boolean) {
    tf.tidy(() => {
      const lessons = this.teacherPass();
      this.arms.forEach((_, i) => {
        this.armPass(i, lessons);
      });
    });
    if (last) {
      this.arms.forEach((_, i) => {
        this.update(i);
      });
    }
  }

  /** The teachers' side of the losses on the written batch, shared by all arms. */
  teacherPass(): Lessons {
    const learners = this.arms.map((model, i) => ({ ...model, terms: this.terms[i] }));
    return giveLessons(this.teachers, learners, this.inputs);
  }

  /** Losses and gradients of one arm on the written batch, into its stored tensors. */
  armPass(index: number, lessons: Lessons) {
    const model = this.arms[index];
    const { arm, pair, parameters, weights, numbers } = model;
    const scalars = scalarsOf(numbers.parts);
    const terms = this.terms[index];
    const names = Object.keys(weights.parts);
    tf.tidy(() => {
      const { grads } = tf.engine().gradients(
        () => {
          const block = replacedBlock(model, this.teachers, this.inputs, scalars.scalar);
          const { dropoutSeed: seed } = this.inputs;
          // Every arm drops alike, so that what they differ in is not chance.
          const dropout = this.dropout > 0 ? { rate: this.dropout, seed } : null;
          const student = forward(model, this.inputs, studentNeeds(arm, terms), { block, dropout });
          const batch = this.inputs;
          const teachers = lessonsOf(arm, this.arms, lessons);
          const parts = this.losses({ arm, pair, terms, student, teachers, batch, parameters, scalars });
          const { total, report } = weightedSum(parts, numbers.parts.weights as tf.Tensor1D);
          copyInto(model.report, 0, report);
          return total;
        },
        names.map((name) => parameters[name]),
        undefined,
        true,
      );
      names.forEach((name, i) => {
        if (grads[i]) copyInto(model.gradients, weights.offsets[name], grads[i]);
      });
      const reached = names.filter((_, i) => grads[i]);
      if (reached.length !== this.reached[index].size) {
        this.reached[index] = new Set(reached);
        this.weighted[index] = '';
        this.writeKinds(index);
      }
    });
    if (this.accumulation > 1) {
      const first = numbers.parts.first as tf.Tensor1D;
      accumulateInPlace(model.gradientSums, model.gradients, first);
      accumulateInPlace(model.reportSum, model.report, first);
    }
  }

  /** AdamW on one arm, with what its passes have left. */
  update(index: number) {
    const model = this.arms[index];
    const summed = this.accumulation > 1;
    adamW({
      parameters: model.weights.flat,
      moments: model.moments,
      gradients: summed ? model.gradientSums : model.gradients,
      kinds: model.kinds,
      hyper: model.numbers.parts.hyper as tf.Tensor1D,
      report: summed ? model.reportSum : model.report,
      ring: this.ring.of(index),
    });
    touch(model.weights);
  }

  dispose() {
    this.inputs.dispose();
  }

  /**
   * Which parameters are updated: those that got a gradient, and that a term with a weight reaches. A term whose weight
   * has gone to 0 still gives gradients of 0, and AdamW would go on by their momentum.
   */
  private writeKinds(index: number) {
    if (!this.when) return;
    const model = this.arms[index];
    const { arm, pair, shape, kinds, weights } = model;
    const weighted = effectiveWeights(arm, this.when);
    const terms = this.terms[index].filter((term) => (weighted.get(term) ?? 0) > 0);
    if (this.weighted[index] === terms.join()) return;
    this.weighted[index] = terms.join();
    const isUpdated = (span: Span) =>
      this.reached[index].has(span.stored) &&
      isTrained(model, span) &&
      terms.some((term) => termReaches(term, span.name, shape.layers, pair));
    writeStored(kinds, updateKinds(spansOf(weights), weights.size, isUpdated));
  }
}

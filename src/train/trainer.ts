/** One experiment on the device: the teacher, the arms, the corpus and the step counter. Knows no worker. */
import * as tf from '@tensorflow/tfjs';
import { withAdjustment } from '../config/compare';
import type { Arm, Experiment } from '../config/experiment';
import type {
  Adjustment,
  EvaluationPoint,
  Latency,
  ModelSize,
  ProbeModel,
  StepPoint,
} from '../config/results';
import type { TeacherShape } from '../config/teachers';
import { heldOutBatches, trainBatch } from '../data/batches';
import type { Corpus } from '../data/corpus';
import { randomStream } from '../data/random';
import { copiedWeights, randomWeights, type Weights } from '../model/initialise';
import { parameterCount } from '../model/parameterNames';
import { evaluate } from './evaluation';
import { measureLatency } from './latency';
import {
  disposeArm,
  disposeModel,
  frozenModel,
  type Model,
  studentShape,
  type TrainedArm,
  trainedArm,
} from './model';
import { probe } from './probe';
import { readReports } from './reports';
import { restoreSnapshot, type Snapshot, takeSnapshot } from './snapshot';
import { type StepReport, trainStep } from './step';

/** Held-out sequences that are looked at while training; the whole part is evaluated on request. */
const sampleSequences = 64;

export interface TeacherWeights {
  shape: TeacherShape;
  weights: Weights;
}

export class Trainer {
  /** Updates done. */
  step = 0;
  experiment: Experiment;
  private readonly teacher: Model | null;
  private arms: TrainedArm[];
  private reports: StepReport[] = [];

  /**
   * Puts teacher and arms on the current backend. `teacher` is null where arms learn from hard labels alone;
   * `vocabularySize` then sizes their embeddings.
   */
  constructor(
    experiment: Experiment,
    private readonly corpus: Corpus,
    private readonly teacherWeights: TeacherWeights | null,
  ) {
    this.experiment = experiment;
    this.teacher = teacherWeights && frozenModel(teacherWeights.shape, teacherWeights.weights);
    this.arms = experiment.arms.map((arm) => this.startArm(arm));
  }

  /** One update of all arms; its losses are read later, by `readPoints`. */
  trainStep() {
    const { training } = this.experiment;
    const batches = Array.from({ length: training.accumulation }, (_, micro) =>
      trainBatch(this.corpus, training, this.step, micro),
    );
    this.reports.push(trainStep(this.teacher, this.arms, training, batches, this.step));
    this.step += 1;
  }

  /** The losses of the updates since the last call; waits for the device. */
  readPoints(): Promise<StepPoint[]> {
    const reports = this.reports;
    this.reports = [];
    return readReports(reports, this.experiment.arms);
  }

  /** Numbers that act on the next update. */
  adjust(adjustment: Adjustment) {
    this.experiment = withAdjustment(this.experiment, adjustment);
    this.arms = this.arms.map((model, i) => ({ ...model, arm: this.experiment.arms[i] }));
  }

  /** Held-out figures: on a fixed sample, or on all of it. */
  async evaluate(extent: EvaluationPoint['extent'], pause: () => Promise<void>): Promise<EvaluationPoint> {
    const { training } = this.experiment;
    const count = extent === 'full' ? 'all' : Math.max(1, Math.round(sampleSequences / training.batchSize));
    const batches = heldOutBatches(this.corpus, training, count);
    const step = this.step;
    return { step, extent, ...(await evaluate(this.teacher, this.arms, batches, training.seed, pause)) };
  }

  /** Teacher first, then the arms. */
  private models(): { id: string; model: Model }[] {
    const arms = this.arms.map((model) => ({ id: model.arm.id, model }));
    return this.teacher ? [{ id: 'teacher', model: this.teacher }, ...arms] : arms;
  }

  /** Longest sentence that can be probed, in tokens. */
  get longestSentence() {
    return (this.teacher ?? this.arms[0]).shape.maxPositions;
  }

  probe(ids: number[], maskIndex: number): Promise<ProbeModel[]> {
    return probe(this.models(), ids, maskIndex, this.longestSentence);
  }

  async measureLatency(pause: () => Promise<void>): Promise<Record<string, Latency>> {
    const latencies: Record<string, Latency> = {};
    for (const { id, model } of this.models()) {
      latencies[id] = await measureLatency(model, this.experiment.training.sequenceLength, pause);
    }
    return latencies;
  }

  sizes(): Record<string, ModelSize> {
    return Object.fromEntries(
      this.models().map(({ id, model }) => {
        const parameters = parameterCount(model.shape);
        return [id, { parameters, bytes: parameters * 4 }];
      }),
    );
  }

  takeSnapshot(): Promise<Snapshot> {
    return takeSnapshot(this.arms, this.step);
  }

  /** Back to a snapshot, or to step 0, which the seed gives again. */
  restore(snapshot: Snapshot | null) {
    this.dropReports();
    if (snapshot) {
      restoreSnapshot(this.arms, snapshot);
    } else {
      for (const arm of this.arms) disposeArm(arm);
      this.arms = this.experiment.arms.map((arm) => this.startArm(arm));
    }
    this.step = snapshot?.step ?? 0;
  }

  /** The shape of an arm's model, or undefined where there is no such arm. */
  shapeOf(arm: string): TeacherShape | undefined {
    return this.arms.find((model) => model.arm.id === arm)?.shape;
  }

  dispose() {
    this.dropReports();
    if (this.teacher) disposeModel(this.teacher);
    for (const arm of this.arms) disposeArm(arm);
    this.arms = [];
  }

  private dropReports() {
    tf.dispose(this.reports.map(({ values }) => values));
    this.reports = [];
  }

  private startArm(arm: Arm): TrainedArm {
    const { training } = this.experiment;
    const basis = this.teacherWeights?.shape ?? {
      vocabularySize: this.corpus.tokenizer.vocabulary.length,
      maxPositions: training.sequenceLength,
    };
    const shape = studentShape(arm, basis);
    const weights =
      arm.initialisation.kind === 'copy' && this.teacherWeights
        ? copiedWeights(this.teacherWeights.weights, shape, arm.initialisation.blocks)
        : // Keyed by the tensor's name alone: arms of one shape start from the same numbers.
          randomWeights(shape, (name) => randomStream(training.seed, 0, `initial ${name}`));
    return trainedArm(arm, shape, weights);
  }
}

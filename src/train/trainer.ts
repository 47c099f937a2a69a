/** One experiment on the device: the teacher, the arms, their batches and the step counter. Knows no worker. */
import { withSettings } from '../config/compare';
import { stepFlops } from '../config/cost';
import type { Arm, Experiment } from '../config/experiment';
import { type Head, headOf } from '../config/heads';
import type { ArmLedger } from '../config/ledger';
import { teacherModel } from '../config/modelIds';
import { askedOnce } from '../config/objective';
import type {
  ClassGuess,
  EvaluationPoint,
  HeldOutGuesses,
  Latency,
  ModelSize,
  NumberSetting,
  ProbeModel,
  StepPoint,
} from '../config/results';
import type { Calibrations, LatencyCurves } from '../config/scores';
import type { TeacherShape } from '../config/teachers';
import type { BatchSource } from '../data/batchSource';
import { keepUp } from '../kernels/backends/keepUp';
import type { TermId } from '../methods/registry';
import type { Weights } from '../model/initialise';
import { distilbertBetas } from '../optim/adamw';
import { learningRateAt } from '../optim/schedule';
import { calibrate } from './calibration';
import { CurrentStep, type PrepareOptions } from './currentStep';
import { Evaluator } from './evaluation';
import { HeldOutPart } from './heldOutPart';
import { measureLatencies } from './latency';
import { measureCurves } from './latencyCurves';
import { type Comparison, LayerComparer } from './layerComparer';
import {
  disposeArm,
  disposeModel,
  frozenModel,
  type Model,
  modelSize,
  setArm,
  type TrainedArm,
} from './model';
import { chartedNumbers, type When } from './numbers';
import { FrozenProbe, probe } from './probe';
import { guessHeldOut, type Tell, teacherSays } from './questions';
import { ReportRing } from './reports';
import { seenAtTemperatures } from './seenTemperatures';
import { restoreSnapshot, type Snapshot, startingState, takeSnapshot, weightsOf } from './snapshot';
import { type Start, StartingArms } from './startingArms';
import type { TeacherWeights } from './startingWeights';
import { type StepNumbers, TrainingStep } from './step';
import { termGradients } from './termGradients';
import { WithheldFigure } from './withheldFigure';

export class Trainer {
  /** Updates done. */
  step = 0;
  experiment: Experiment;
  private readonly head: Head;
  private readonly start: StartingArms;
  /** The first is the one that all figures compare with. */
  private readonly teachers: Model[];
  private arms: TrainedArm[];
  private readonly ring: ReportRing;
  private readonly evaluator: Evaluator;
  /** Asked for the withheld word; null where none is. */
  private readonly withheld: WithheldFigure | null;
  private readonly probedTeacher: FrozenProbe | null;
  private readonly heldOut: HeldOutPart;
  private readonly layers: LayerComparer;
  private readonly current = new CurrentStep(
    () => this.arms,
    (terms) => this.stepOf(terms),
  );

  /**
   * Puts teacher and arms on the current backend. `teacher` is null where arms learn from hard labels alone; of a task it has
   * the task's head.
   */
  constructor(
    experiment: Experiment,
    private readonly source: BatchSource,
    teacher: TeacherWeights | null,
    others: readonly TeacherWeights[] = [],
    start: Start = {},
  ) {
    const { classes } = source;
    this.experiment = classes ? { ...experiment, arms: experiment.arms.map(askedOnce) } : experiment;
    this.head = headOf(classes);
    const given = teacher ? [teacher, ...others] : [];
    this.teachers = given.map(({ shape, weights }) => frozenModel(shape, weights, this.head));
    this.start = new StartingArms(this.experiment, this.head, source.vocabularySize, teacher, start);
    this.arms = this.experiment.arms.map((arm) => this.startArm(arm));
    this.ring = new ReportRing(experiment.arms);
    this.evaluator = new Evaluator(this.teachers, this.arms);
    this.heldOut = new HeldOutPart(source, experiment.training);
    this.layers = new LayerComparer(this.teachers);
    const { withheld: asked } = this.heldOut;
    this.withheld = asked && new WithheldFigure(this.teacher, this.arms, asked);
    this.probedTeacher = this.teacher && new FrozenProbe(teacherModel, this.teacher);
  }

  /** Makes the next update ready where that takes time. */
  prepare(options: PrepareOptions = {}): Promise<void> {
    return this.current.prepare(options);
  }

  /** True where updates replay a recording. */
  get isRecorded(): boolean {
    return this.current.isRecorded;
  }

  /** One update of all arms; its losses are read later, by `readPoints`. */
  trainStep() {
    const { training } = this.experiment;
    const numbers = this.stepNumbers();
    const { learningRate } = numbers;
    this.ring.makeRoom();
    for (let micro = 0; micro < training.accumulation; micro++) {
      const batch = this.source.train(training, this.step, micro);
      this.current.run(batch, micro, numbers, micro === training.accumulation - 1);
    }
    const scheduled = this.arms.map(({ arm, pair }) => chartedNumbers(arm, pair, this.when(0)));
    this.step += 1;
    this.ring.note(this.step, learningRate, this.experiment.arms, scheduled);
  }

  /** Waits while the device is more than a few updates behind, so that what is asked for next is not long in coming. */
  keepUp(): Promise<void> {
    return keepUp();
  }

  /** The losses of the updates since the last call; waits for the device. */
  readPoints(): Promise<StepPoint[]> {
    return this.ring.read();
  }

  /** Live numbers for the next update. */
  adjust(settings: readonly NumberSetting[]) {
    this.experiment = withSettings(this.experiment, settings);
    this.writeNumbers();
  }

  /** Held-out figures: on a fixed sample, or on all of it. */
  async evaluate(extent: EvaluationPoint['extent'], pause: () => Promise<void>): Promise<EvaluationPoint> {
    const { training } = this.experiment;
    // Those that move with the steps as they are here, whether this step was come to by updates or by a snapshot.
    this.writeNumbers();
    const { step } = this;
    const batches = this.heldOut.batches(extent);
    const keep = extent === 'sample';
    const withheld = await this.withheld?.measure(pause);
    return {
      step,
      extent,
      ...(withheld && { withheld }),
      ...(await this.evaluator.evaluate(batches, { seed: training.seed, keep, pause, when: this.when(0) })),
    };
  }

  /** `seenAtTemperatures` of all arms on the held-out sample; null where nobody teaches. */
  async seenAt(temperatures: readonly number[], pause: () => Promise<void>) {
    if (!this.teacher) return null;
    const students = this.arms.map((model) => ({ id: model.arm.id, model }));
    return seenAtTemperatures(this.teacher, students, this.heldOut.batches('sample'), temperatures, pause);
  }

  /** What teacher and arms say of every held-out row of a task. `pause` and errors: see train/questions.ts. */
  guessHeldOut(pause: Tell): Promise<HeldOutGuesses> {
    return guessHeldOut(this.models(), this.source, this.heldOut, pause);
  }

  /** What the teacher says of the rows of the same task that `asked` holds out, in their order; null where nobody teaches. */
  async teacherSays(asked: BatchSource, pause: Tell): Promise<ClassGuess[] | null> {
    return this.teacher && teacherSays(this.teacher, asked, this.experiment.training, pause);
  }

  /** Whether the probabilities of teacher and arms can be believed. */
  async calibrate(pause: Tell): Promise<Calibrations> {
    const { step } = this;
    return { step, ...(await calibrate(this.models(), this.heldOut.batches('full'), pause)) };
  }

  /** How the time of a forward pass grows. */
  measureCurves(pause: Tell): Promise<LatencyCurves> {
    const { sequenceLength: length } = this.experiment.training;
    const { pairs } = this.source;
    return measureCurves(this.models(), { length, longest: this.longestSentence, pairs }, pause);
  }

  private get teacher(): Model | null {
    return this.teachers[0] ?? null;
  }

  /** Teacher first, then the arms. */
  private models(): { id: string; model: Model }[] {
    const arms = this.arms.map((model) => ({ id: model.arm.id, model }));
    return this.teacher ? [{ id: teacherModel, model: this.teacher }, ...arms] : arms;
  }

  /** Longest sentence that can be probed, in tokens. */
  get longestSentence() {
    return (this.teacher ?? this.arms[0]).shape.maxPositions;
  }

  /**
   * What each model makes of a sentence with one [MASK], or of a task's text or pair, whose class is asked for at [CLS]: the
   * teacher first, then the arms. `second`: of a pair, see `ProbedSentence`.
   */
  async probe(ids: number[], maskIndex: number, second?: number): Promise<ProbeModel[]> {
    const sentence = { ids, maskIndex, second, longest: this.longestSentence };
    const arms = this.arms.map((model) => ({ id: model.arm.id, model }));
    const teacher = await this.probedTeacher?.of(sentence);
    return [...(teacher ? [teacher] : []), ...(await probe(arms, sentence))];
  }

  /**
   * The layers of all arms beside those of whom they learn from, on the held-out sample.
   * @param of the arms as they are, or as they were before their first update
   * @param pause awaited between batches; what it throws ends it
   */
  compareLayers(of: 'now' | 'start', pause: () => Promise<void>): Promise<Comparison> {
    const start = of === 'start' ? (arm: Arm) => this.start.weightsOf(arm) : null;
    return this.layers.compare(this.arms, this.heldOut.batches('sample'), pause, start);
  }

  /**
   * What each term gives to the gradient of the update that comes, which stays what it is. By arm; null where a number was
   * moved meanwhile. `pause` and errors: see train/termGradients.ts.
   */
  async termGradients(pause: () => Promise<void>): Promise<Record<string, ArmLedger> | null> {
    const { arms, experiment } = this;
    const { training } = experiment;
    const write = (micro: number) => {
      const batch = this.source.train(training, this.step, micro);
      this.current.write(batch, micro, this.stepNumbers());
    };
    const isMoved = () => this.experiment !== experiment;
    const { accumulation } = training;
    try {
      return await termGradients(
        { passes: this.current.passes(), arms, accumulation, write, isMoved },
        pause,
      );
    } finally {
      this.writeNumbers();
    }
  }

  measureLatency(pause: () => Promise<void>): Promise<Record<string, Latency>> {
    const { sequenceLength: length } = this.experiment.training;
    return measureLatencies(this.models(), { length, pairs: this.source.pairs }, pause);
  }

  sizes(): Record<string, ModelSize> {
    return Object.fromEntries(this.models().map(({ id, model }) => [id, modelSize(model)]));
  }

  /** Floating point operations of one update, see config/cost.ts. */
  stepFlops(): number {
    const { terms } = this.current;
    return stepFlops({
      teachers: this.teachers.map(({ shape }) => shape),
      arms: this.arms.map(({ arm, pair, shape }, i) => ({ arm, pair, shape, terms: terms[i] })),
      training: this.experiment.training,
      head: this.head,
    });
  }

  /** The arms' weights as they are, by arm: what their students begin the next stage with. */
  async weights(): Promise<Record<string, Weights>> {
    const { arms } = await this.takeSnapshot();
    return Object.fromEntries(
      this.arms.map((model) => [model.arm.id, weightsOf(model, arms[model.arm.id].parameters)]),
    );
  }

  takeSnapshot(): Promise<Snapshot> {
    return takeSnapshot(this.arms, this.step);
  }

  /**
   * Back to a snapshot, or to step 0, which the seed gives again.
   * @throws ProblemError snapshotMisfit where it is not one of these arms; everything is then as it was
   */
  restore(snapshot: Snapshot | null) {
    const initial = (arm: Arm) => startingState(this.start.weightsOf(arm));
    const start = () => Object.fromEntries(this.arms.map(({ arm }) => [arm.id, initial(arm)]));
    restoreSnapshot(this.arms, snapshot ?? { step: 0, arms: start() }, initial);
    this.ring.drop();
    this.step = snapshot?.step ?? 0;
  }

  /** The shape of an arm's model, or undefined where there is no such arm. */
  shapeOf(arm: string): TeacherShape | undefined {
    return this.arms.find((model) => model.arm.id === arm)?.shape;
  }

  dispose() {
    this.current.drop();
    this.ring.dispose();
    this.evaluator.dispose();
    this.layers.dispose();
    for (const teacher of this.teachers) disposeModel(teacher);
    for (const arm of this.arms) disposeArm(arm);
    this.arms = [];
  }

  private stepOf(terms: TermId[][]): TrainingStep {
    const { batchSize, sequenceLength, maskProbability, accumulation, dropout } = this.experiment.training;
    const sizes = {
      batchSize,
      sequenceLength,
      maskedSlots: this.source.slots({ batchSize, sequenceLength, maskProbability }),
      vocabularySize: this.arms[0].shape.vocabularySize,
      answers: this.source.classes?.length,
      pairs: this.source.pairs,
    };
    const { teachers, arms, ring } = this;
    return new TrainingStep({ teachers, arms, terms, accumulation, ring, sizes, dropout });
  }

  /** The arms' numbers as the next update has them. */
  private writeNumbers() {
    this.arms.forEach((model, i) => {
      setArm(model, this.experiment.arms[i], this.when(0));
    });
  }

  private stepNumbers(): StepNumbers {
    const { training } = this.experiment;
    const { step, epoch } = this.when(0);
    return { step, epoch, learningRate: learningRateAt(step, training), training, betas: distilbertBetas };
  }

  /** The moment before the next update. */
  private when(micro: number): When {
    const { steps, seed, batchSize, accumulation } = this.experiment.training;
    const seen = (this.step * accumulation + micro) * batchSize;
    return { step: this.step, steps, micro, epoch: Math.floor(seen / this.source.epochLength), seed };
  }

  private startArm(arm: Arm): TrainedArm {
    const model = this.start.arm(arm);
    setArm(model, arm, this.when(0));
    return model;
  }
}

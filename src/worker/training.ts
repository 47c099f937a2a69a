/** The updates of a run and what goes with them: losses read, held-out figures, checkpoints. Knows no commands. */
import { changesBy, withoutChanges } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { type Problem, ProblemError } from '../config/problems';
import type { EvaluationPoint, NumberSetting, Reached, RunStatus } from '../config/results';
import { stageOfPath } from '../config/stages';
import { isTeacherInTraining } from '../config/teacherTraining';
import { emptyHistory, lastStep, withChanges } from '../protocol/history';
import type { StageFacts } from '../protocol/messages';
import type { Emit } from '../protocol/port';
import type { Snapshot } from '../train/snapshot';
import { Account, breatheUnless, type IsOver } from './account';
import { changesFrom } from './changes';
import { Keeper, type KeeperParts } from './keeper';
import { LayerWatch } from './layerWatch';
import { LedgerWatch } from './ledgerWatch';
import { type LongCalls, msPerArm } from './longCalls';
import { Speedometer } from './pace';
import type { Recorder } from './recorder';
import { Redoing } from './redoing';
import { rhythmsOfRun } from './rhythm';
import type { RunCourse } from './runCourse';
import { stageFacts } from './stageFacts';
import { TeacherWatch } from './teacherWatch';

export interface TrainingParts extends KeeperParts {
  /** Tells the run from others that were or will be kept under the same name. */
  birth: string;
  course: RunCourse;
  sentence: string;
  /** Milliseconds that an update of the stage at hand is expected to take, before one has been timed. */
  expectedStep: (course: RunCourse) => number;
  longCalls: LongCalls;
  recorder: Recorder;
  emit: Emit;
  /** Where the run stands. */
  status: () => RunStatus;
}

/** Sequences that are evaluated, or timed, in one call at most. */
const evaluatedAtOnce = 32;

export class Training {
  course: RunCourse;
  readonly account: Account;
  readonly keeper: Keeper;
  readonly recorder: Recorder;
  readonly speedometer = new Speedometer();
  readonly layers: LayerWatch;
  readonly ledger: LedgerWatch;
  private readonly parts: TrainingParts;
  private readonly emit: Emit;
  private readonly rhythms = rhythmsOfRun();
  private fault: Problem | null = null;
  private readonly watch = new TeacherWatch();
  private readonly redoing = new Redoing();

  constructor(parts: TrainingParts) {
    this.parts = parts;
    this.emit = parts.emit;
    this.course = parts.course;
    this.keeper = new Keeper(parts);
    this.layers = new LayerWatch(parts.emit);
    this.ledger = new LedgerWatch(parts.emit);
    this.recorder = parts.recorder;
    this.account = new Account({
      asked: parts.course.data,
      history: parts.kept?.history ?? emptyHistory(),
      sentence: parts.sentence,
      emit: parts.emit,
      status: parts.status,
      onRead: () => {
        this.heedFault();
        this.speedometer.note(this.course.step);
      },
      onProbe: (probe, stage) => this.recorder.take(probe, stage),
    });
  }

  get isFinished() {
    return this.course.isFinished;
  }

  /** True where a number is of a stage that is done: it has been trained with. */
  isPast({ path }: NumberSetting): boolean {
    const { course } = this;
    const { stage } = stageOfPath(path);
    return stage < course.stage || (stage === course.stage && (course.isAtBorder || course.isFinished));
  }

  /** How far the run is, as far as it has been told; while updates are done again, how far it was. */
  get reached(): Reached {
    if (this.redoing.goal) return this.redoing.goal;
    const { history } = this.account;
    const step = Math.max(lastStep(history), this.keeper.step);
    return { birth: this.parts.birth, step, changes: history.changes };
  }

  /** True where there is something that the last good state has not; a run that was only looked at has nothing. */
  get hasNews(): boolean {
    const { kept } = this.keeper;
    const { history, sentence } = this.account;
    if (!kept) return this.course.step > 0 || history.changes.length > 0;
    return this.isUnkept || kept.history !== history || kept.sentence !== sentence;
  }

  /** True where the last good state is not that of now. */
  get isUnkept() {
    return this.course.step !== this.keeper.step;
  }

  /** Live numbers for the next update. A finished stage keeps those that it was trained with. */
  adjust(settings: NumberSetting[]) {
    if (this.redoing.keepsBack(settings)) return;
    const own = settings.filter((setting) => !this.isPast(setting));
    const { experiment, step } = this.course;
    const changes = changesBy(experiment, step, own);
    this.course.adjust(own);
    this.account.noteChanges(changes);
    this.note();
  }

  /** An error that the device reported outside any call: what was computed since can't be trusted. */
  blame(problem: Problem) {
    this.fault ??= { ...problem, values: { step: this.course.step, ...problem.values } };
  }

  /** @throws ProblemError of an error that the device has reported */
  private heedFault() {
    if (this.fault) throw new ProblemError(this.fault.code, this.fault.values);
  }

  /** Milliseconds that an update should take at most; a guess. */
  get expectedStep(): number {
    return this.parts.expectedStep(this.course);
  }

  /** What is known of the stage whose students are there. */
  get facts(): StageFacts {
    return stageFacts(this.course, this.account.sentence, this.expectedStep);
  }

  /** Tells the page which stage this is, and of what models. */
  tellStage() {
    if (this.account.speaks) this.emit('stageBegan', { status: this.parts.status(), facts: this.facts });
  }

  /**
   * From a stage that is done to the next one, where it is, and what students are before the first update of a stage.
   * @throws ProblemError interrupted once `isOver`; what was done of it is done
   */
  async crossBorder(isOver: IsOver) {
    const { course, account } = this;
    if (course.isAtBorder) await this.endStage(isOver);
    if (course.stepInStage === 0 && !account.isEvaluated(course)) await this.evaluate('sample', isOver);
  }

  /** The figures of what a stage has come to, its state kept for good, and the students of the next one. */
  private async endStage(isOver: IsOver) {
    const { course, account, keeper } = this;
    if (account.speaks) this.emit('opening', { stage: 'measuring', loaded: 0, total: 1 });
    if (!account.isEvaluated(course, 'full')) await this.evaluate('full', isOver);
    if (account.speaks) await this.tellProbe();
    await this.checkpoint();
    keeper.keepBorder();
    await keeper.settled();
    await course.goOn(async () => {
      await breatheUnless(isOver);
      this.heedFault();
    });
    this.parts.longCalls.forget();
    this.speedometer.restart(course.step);
    account.enter(course.data);
    this.tellStage();
    if (account.speaks) await this.tellProbe();
  }

  /** Readies the next update; where programs are compiled for it, the page hears how far that is. */
  prepare(onRefusal: (problem: Problem) => void): Promise<void> {
    return this.course.prepare({
      onProgress: (done, of) => this.emit('preparing', { done, of }),
      onRefusal: (problem) => {
        this.emit('preparing', { done: 0, of: 0 });
        onRefusal(problem);
      },
    });
  }

  update() {
    this.parts.longCalls.do('step', this.expectedStep, () => this.course.trainStep());
  }

  /** Tells the page of a call that may keep this thread for as long as an update of so many sequences. */
  private warn(sequences?: number) {
    const { longCalls } = this.parts;
    const { batchSize, accumulation } = this.course.present.training;
    const share = sequences ? sequences / (batchSize * accumulation) : 1;
    longCalls.warn('pass', Math.max(1, share) * longCalls.expected('step', this.expectedStep));
  }

  /** The predictions for the sentence, told. */
  tellProbe(): Promise<void> {
    this.warn();
    return this.account.tellProbe(this.course);
  }

  /** How alike layers are, where somebody looks. @throws ProblemError interrupted once `isOver` */
  async tellLayers(isOver: IsOver) {
    if (!this.layers.isWatched) return;
    this.warn(evaluatedAtOnce);
    await this.layers.tell(this.course, () => this.pause(isOver));
  }

  /** What each term gives to the gradient, where somebody keeps a ledger. @throws ProblemError interrupted once `isOver` */
  async tellGradients(isOver: IsOver) {
    if (!this.ledger.isKept) return;
    // A pass for each term, and no update.
    this.warn(evaluatedAtOnce);
    await this.ledger.tell(this.course, () => this.pause(isOver));
  }

  /** What goes with an update while playing, each thing when it is due. */
  async accompany(isSlow: boolean, isOver: IsOver) {
    const { rhythms, account, course } = this;
    // Step by step, every update is to be seen.
    if (isSlow) await account.tellPointsSoon(course);
    else if (rhythms.points.isDue) await rhythms.points.do(() => account.tellPointsSoon(course));
    if (rhythms.probe.isDue) await rhythms.probe.do(() => this.tellProbe());
    await this.evaluateWhereDue(isOver);
    if (this.layers.isDue) await this.tellLayers(isOver);
    if (this.ledger.isDue(course.step)) await this.tellGradients(isOver);
    if (rhythms.checkpoint.isDue) await rhythms.checkpoint.do(() => this.checkpoint());
    else if (rhythms.note.isDue) await rhythms.note.do(async () => this.note());
    await course.keepUp();
  }

  /** Evaluates the sample after every so many updates; all of it is evaluated at the end, by whoever ends. */
  async evaluateWhereDue(isOver: IsOver) {
    const { evaluateEvery } = this.course.present.training;
    if (this.course.stepInStage % evaluateEvery !== 0 || this.isFinished || this.course.isAtBorder) return;
    await this.evaluate('sample', isOver);
    if (!isTeacherInTraining(this.course.experiment)) return;
    const { evaluations } = this.account.history;
    await this.watch.look(evaluations, this.course.step, this.keeper, () => this.checkpoint());
  }

  /** @throws ProblemError interrupted once `isOver` */
  async evaluate(extent: EvaluationPoint['extent'], isOver: IsOver): Promise<EvaluationPoint> {
    // What is not yet read of the updates before is waited for first.
    await this.account.tellPoints(this.course);
    this.warn(evaluatedAtOnce);
    return this.account.tellEvaluation(this.course, extent, () => this.pause(isOver));
  }

  /** Hears messages, and ends a measurement that nobody waits for any more. */
  async pause(isOver: IsOver) {
    await breatheUnless(isOver);
    this.warn(evaluatedAtOnce);
  }

  async checkpoint() {
    await this.account.tellPoints(this.course);
    await this.keeper.take(this.course, this.account.history, this.account.sentence);
  }

  /** A checkpoint as soon as that can be. */
  hasten() {
    this.note();
    this.rhythms.checkpoint.hasten(0);
  }

  note() {
    this.keeper.note(this.reached);
  }

  /** Does again what was done after the checkpoint that the course is at, as `Redoing` has it. */
  redo(reached: Reached, tell: (done: number, of: number) => void, isOver: IsOver): Promise<void> {
    return this.redoing.run(this, reached, tell, isOver);
  }

  /** The last good state again, with the live numbers as they were set since. */
  goBack() {
    const { kept } = this.keeper;
    this.fault = null;
    this.parts.longCalls.do('students', msPerArm * this.course.experiment.arms.length, () =>
      this.course.restore(kept?.snapshot ?? null),
    );
    const { step, data } = this.course;
    this.account.enter(data);
    const since = changesFrom(this.reached.changes, step, step);
    this.redoing.goal = null;
    this.account.takeBack(withChanges(kept?.history ?? emptyHistory(), since));
    this.recorder.takeBack(step, this.course.experiment);
    this.keeper.rewrite();
    this.note();
  }

  /** The last good state, and the experiment with its numbers of that time. */
  get lastGood(): { experiment: Experiment; snapshot: Snapshot | null } {
    return (
      this.keeper.kept ?? {
        experiment: withoutChanges(this.course.experiment, this.reached.changes),
        snapshot: null,
      }
    );
  }

  /**
   * Another course, in the last good state, in place of one whose device is gone.
   * @returns what is to be done again
   */
  replace(course: RunCourse): Reached {
    const { reached } = this;
    // Nothing that a faulty device computed since is worth doing again.
    const step = this.fault ? course.step : reached.step;
    this.course = course;
    this.redoing.goal = null;
    this.fault = null;
    this.parts.longCalls.forget();
    this.account.takeBack(this.keeper.kept?.history ?? emptyHistory());
    this.recorder.takeBack(step, course.experiment);
    this.account.enter(course.data);
    return { ...reached, step };
  }
}

/** The updates of a run and what goes with them: losses read, held-out figures, checkpoints. Knows no commands. */
import { changesBy, settingsBetween, withoutChanges, withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { type Problem, ProblemError } from '../config/problems';
import type { EvaluationPoint, NumberSetting, Reached, RunStatus } from '../config/results';
import { isTeacherInTraining } from '../config/teacherTraining';
import { emptyHistory, lastStep, withChanges } from '../protocol/history';
import type { Emit } from '../protocol/port';
import type { Snapshot } from '../train/snapshot';
import { Account, breatheUnless } from './account';
import { changesFrom } from './changes';
import { Keeper, type KeeperParts } from './keeper';
import { type LongCalls, msPerArm } from './longCalls';
import { Speedometer } from './pace';
import { rhythmsOfRun } from './rhythm';
import type { RunTrainer } from './runTrainer';
import type { Sources } from './sources';
import { TeacherWatch } from './teacherWatch';

export interface TrainingParts extends KeeperParts {
  /** Tells the run from others that were or will be kept under the same name. */
  birth: string;
  trainer: RunTrainer;
  sources: Pick<Sources, 'tokenizer'>;
  sentence: string;
  /** Milliseconds that an update is expected to take, before one has been timed. */
  expectedStep: number;
  longCalls: LongCalls;
  emit: Emit;
}

/** Sequences that are evaluated, or timed, in one call at most. */
const evaluatedAtOnce = 32;

/** True once whoever asked for the work wants it no more. */
type IsOver = () => boolean;

export class Training {
  trainer: RunTrainer;
  readonly account: Account;
  readonly keeper: Keeper;
  readonly speedometer = new Speedometer();
  private readonly parts: TrainingParts;
  private readonly emit: Emit;
  private readonly rhythms = rhythmsOfRun();
  private fault: Problem | null = null;
  private readonly watch = new TeacherWatch();
  /** What is being done again, or was when the device was lost; null otherwise. */
  private goal: Reached | null = null;
  /** What is set while updates are done again, with the numbers of that time, acts after them. Null at other times. */
  private waiting: NumberSetting[] | null = null;

  /** @param status where the run stands */
  constructor(parts: TrainingParts, status: () => RunStatus) {
    this.parts = parts;
    this.emit = parts.emit;
    this.trainer = parts.trainer;
    this.keeper = new Keeper(parts);
    this.account = new Account({
      tokenizer: parts.sources.tokenizer,
      history: parts.kept?.history ?? emptyHistory(),
      sentence: parts.sentence,
      emit: parts.emit,
      status,
      onRead: () => {
        if (this.fault) throw new ProblemError(this.fault.code, this.fault.values);
        this.speedometer.note(this.trainer.step);
      },
    });
  }

  get isFinished() {
    return this.trainer.step >= this.trainer.experiment.training.steps;
  }

  /** How far the run is, as far as it has been told; while updates are done again, how far it was. */
  get reached(): Reached {
    if (this.goal) return this.goal;
    const { history } = this.account;
    const step = Math.max(lastStep(history), this.keeper.step);
    return { birth: this.parts.birth, step, changes: history.changes };
  }

  /** True where there is something that the last good state has not; a run that was only looked at has nothing. */
  get hasNews(): boolean {
    const { kept } = this.keeper;
    const { history, sentence } = this.account;
    if (!kept) return this.trainer.step > 0 || history.changes.length > 0;
    return this.isUnkept || kept.history !== history || kept.sentence !== sentence;
  }

  /** True where the last good state is not that of now. */
  get isUnkept() {
    return this.trainer.step !== this.keeper.step;
  }

  /** Live numbers for the next update. A finished run keeps those that it was trained with. */
  adjust(settings: NumberSetting[]) {
    if (this.waiting) {
      this.waiting.push(...settings);
      return;
    }
    if (this.isFinished) return;
    const { experiment, step } = this.trainer;
    const changes = changesBy(experiment, step, settings);
    this.trainer.adjust(settings);
    this.account.noteChanges(changes);
    this.note();
  }

  /** An error that the device reported outside any call: what was computed since can't be trusted. */
  blame(problem: Problem) {
    this.fault ??= { ...problem, values: { step: this.trainer.step, ...problem.values } };
  }

  /** Readies the next update; where programs are compiled for it, the page hears how far that is. */
  prepare(onRefusal: (problem: Problem) => void): Promise<void> {
    return this.trainer.prepare({
      onProgress: (done, of) => this.emit('preparing', { done, of }),
      onRefusal: (problem) => {
        this.emit('preparing', { done: 0, of: 0 });
        onRefusal(problem);
      },
    });
  }

  update() {
    const { longCalls, expectedStep } = this.parts;
    longCalls.do('step', expectedStep, () => this.trainer.trainStep());
  }

  /** Tells the page of a call that may keep this thread for as long as an update of so many sequences. */
  private warn(sequences?: number) {
    const { longCalls, expectedStep } = this.parts;
    const { batchSize, accumulation } = this.trainer.experiment.training;
    const share = sequences ? sequences / (batchSize * accumulation) : 1;
    longCalls.warn('pass', Math.max(1, share) * longCalls.expected('step', expectedStep));
  }

  /** The predictions for the sentence, told. */
  tellProbe(): Promise<void> {
    this.warn();
    return this.account.tellProbe(this.trainer);
  }

  /** What goes with an update while playing, each thing when it is due. */
  async accompany(isSlow: boolean, isOver: IsOver) {
    const { rhythms, account, trainer } = this;
    // Step by step, every update is to be seen.
    if (isSlow) await account.tellPointsSoon(trainer);
    else if (rhythms.points.isDue) await rhythms.points.do(() => account.tellPointsSoon(trainer));
    if (rhythms.probe.isDue) await rhythms.probe.do(() => this.tellProbe());
    await this.evaluateWhereDue(isOver);
    if (rhythms.checkpoint.isDue) await rhythms.checkpoint.do(() => this.checkpoint());
    else if (rhythms.note.isDue) await rhythms.note.do(async () => this.note());
    await trainer.keepUp();
  }

  /** Evaluates the sample after every so many updates; all of it is evaluated at the end, by whoever ends. */
  async evaluateWhereDue(isOver: IsOver) {
    const { evaluateEvery } = this.trainer.experiment.training;
    if (this.trainer.step % evaluateEvery !== 0 || this.isFinished) return;
    await this.evaluate('sample', isOver);
    if (!isTeacherInTraining(this.trainer.experiment)) return;
    const { evaluations } = this.account.history;
    await this.watch.look(evaluations, this.trainer.step, this.keeper, () => this.checkpoint());
  }

  /** @throws ProblemError interrupted once `isOver` */
  async evaluate(extent: EvaluationPoint['extent'], isOver: IsOver): Promise<EvaluationPoint> {
    // What is not yet read of the updates before is waited for first.
    await this.account.tellPoints(this.trainer);
    this.warn(evaluatedAtOnce);
    return this.account.tellEvaluation(this.trainer, extent, () => this.pause(isOver));
  }

  /** Hears messages, and ends a measurement that nobody waits for any more. */
  async pause(isOver: IsOver) {
    await breatheUnless(isOver);
    this.warn(evaluatedAtOnce);
  }

  async checkpoint() {
    await this.account.tellPoints(this.trainer);
    await this.keeper.take(this.trainer, this.account.history, this.account.sentence);
  }

  /** A checkpoint as soon as that can be. */
  hasten() {
    this.note();
    this.rhythms.checkpoint.hasten(0);
  }

  note() {
    this.keeper.note(this.reached);
  }

  /**
   * Does again what was done after the checkpoint that the trainer is at, each update with the numbers that it had. Says
   * nothing of it but how far it is.
   */
  async redo(reached: Reached, tell: (done: number, of: number) => void, isOver: IsOver) {
    const { trainer, account } = this;
    const from = trainer.step;
    const last = Math.min(reached.step, trainer.experiment.training.steps);
    if (last < from) return;
    const known = account.history.changes;
    const due = changesFrom(reached.changes, from, last);
    const past = reached.changes.filter(({ step }) => step < from);
    // What was changed at the checkpoint's own step may have been changed back since, and is no change then.
    const start = withoutChanges(trainer.experiment, known);
    trainer.adjust(settingsBetween(trainer.experiment, withSettings(start, past)));
    account.takeBack({ ...account.history, changes: past });
    this.goal = { ...reached, step: last, changes: [...past, ...due] };
    this.waiting = [];
    account.speaks = false;
    try {
      for (;;) {
        const changes = due.filter(({ step }) => step === trainer.step);
        trainer.adjust(changes);
        account.noteChanges(changes);
        if (trainer.step >= last) break;
        tell(trainer.step - from, last - from);
        await this.prepare(() => {});
        this.update();
        await account.tellPointsSoon(trainer);
        await this.evaluateWhereDue(isOver);
        await trainer.keepUp();
        await breatheUnless(isOver);
      }
      await account.tellPoints(trainer);
      this.goal = null;
    } finally {
      account.speaks = true;
      const settings = this.waiting;
      this.waiting = null;
      if (this.goal) this.goal = this.withLater(this.goal, settings);
      else this.adjust(settings);
    }
  }

  /** What is still to be done again, with what was set since; the trainer has the numbers that are to act in the end. */
  private withLater(goal: Reached, settings: NumberSetting[]): Reached {
    const { trainer } = this;
    trainer.adjust(goal.changes);
    const later = changesBy(trainer.experiment, goal.step, settings);
    trainer.adjust(settings);
    return { ...goal, changes: [...goal.changes, ...later] };
  }

  /** The last good state again, with the live numbers as they were set since. */
  goBack() {
    const { kept } = this.keeper;
    this.fault = null;
    this.parts.longCalls.do('students', msPerArm * this.trainer.experiment.arms.length, () =>
      this.trainer.restore(kept?.snapshot ?? null),
    );
    const { step } = this.trainer;
    const since = changesFrom(this.reached.changes, step, step);
    this.goal = null;
    this.account.takeBack(withChanges(kept?.history ?? emptyHistory(), since));
    this.keeper.rewrite();
    this.note();
  }

  /** The last good state, and the experiment with its numbers of that time. */
  get lastGood(): { experiment: Experiment; snapshot: Snapshot | null } {
    return (
      this.keeper.kept ?? {
        experiment: withoutChanges(this.trainer.experiment, this.reached.changes),
        snapshot: null,
      }
    );
  }

  /**
   * Another trainer, in the last good state, in place of one whose device is gone.
   * @returns what is to be done again
   */
  replace(trainer: RunTrainer): Reached {
    const { reached } = this;
    // Nothing that a faulty device computed since is worth doing again.
    const step = this.fault ? trainer.step : reached.step;
    this.trainer = trainer;
    this.goal = null;
    this.fault = null;
    this.parts.longCalls.forget();
    this.account.takeBack(this.keeper.kept?.history ?? emptyHistory());
    return { ...reached, step };
  }
}

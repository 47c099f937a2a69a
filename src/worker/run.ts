/** A run that is open: what people ask of it, one thing after the other. */
import type { LedgerSetting } from '../config/ledger';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { EvaluationPoint, NumberSetting, Probe, Reached, RunStatus } from '../config/results';
import type { Emit } from '../protocol/port';
import { DeviceQueue } from './deviceQueue';
import type { Kept } from './kept';
import { Later } from './later';
import { breathe, Nap } from './pace';
import type { RunCourse } from './runCourse';
import type { Sources } from './sources';
import { Training, type TrainingParts } from './training';

export interface RunParts extends Omit<TrainingParts, 'status'> {
  /** True once the device is gone: errors are its consequence, and whoever recovers reports it. */
  isLost: () => boolean;
}

export class Run {
  readonly training: Training;
  /** Upper bound in steps per second; null: none. */
  speed: number | null = null;
  private readonly isLost: () => boolean;
  private readonly emit: Emit;
  /** Counts what people asked for. A loop or a measurement ends when something newer was asked for. */
  private turn = 0;
  private playing = false;
  private closed = false;
  private readonly queue: DeviceQueue;
  /** Of single steps and changed numbers. */
  private readonly keeping = new Later(1000, () => this.keep());
  private readonly evaluating = new Later(400, () => this.evaluateSample());
  private readonly nap = new Nap();

  constructor(parts: RunParts) {
    this.emit = parts.emit;
    this.isLost = parts.isLost;
    this.queue = new DeviceQueue(parts.isLost, (problem) => this.fail(problem));
    this.training = new Training({ ...parts, status: () => this.status });
  }

  get course(): RunCourse {
    return this.training.course;
  }

  /** What the stage at hand is trained on, and by whom. */
  get sources(): Sources {
    return this.course.data;
  }

  get isPlaying() {
    return this.playing;
  }

  get status(): RunStatus {
    const { step, steps, stage, isFinished } = this.course;
    const state = this.playing ? 'playing' : isFinished ? 'finished' : 'paused';
    const stepsPerSecond = this.playing ? this.training.speedometer.stepsPerSecond : null;
    return { state, step, steps, stepsPerSecond, ...(stage > 0 && { stage }) };
  }

  play(): RunStatus {
    if (!this.playing && !this.closed && !this.training.isFinished) {
      const turn = this.take();
      this.playing = true;
      this.training.speedometer.restart(this.course.step);
      void this.queue.add(() => this.playLoop(turn)).catch(() => {});
    }
    return this.status;
  }

  async pause(): Promise<RunStatus> {
    this.take();
    await this.queue.settled;
    return this.status;
  }

  async stepOnce(): Promise<RunStatus> {
    const { training } = this;
    const turn = this.take();
    await this.queue.add(async () => {
      if (training.isFinished) return;
      await training.crossBorder(this.isOver(turn));
      await this.prepare();
      if (turn !== this.turn) return;
      training.update();
      await training.account.tellPoints(this.course);
      this.tellStatus();
      this.keeping.ask();
      await training.tellProbe();
      if (training.isFinished) await training.evaluate('full', this.isOver(turn));
      else await training.evaluateWhereDue(this.isOver(turn));
      await training.tellLayers(this.isOver(turn));
      if (training.ledger.isOfInterest(this.course.step)) await training.tellGradients(this.isOver(turn));
    });
    return this.status;
  }

  /** The first figures, before anything is played. */
  async lookAround() {
    const { account } = this.training;
    const turn = this.turn;
    await this.queue
      .add(async () => {
        await this.prepare();
        await this.training.tellProbe();
        if (!account.isEvaluated(this.course)) await this.training.evaluate('sample', this.isOver(turn));
        await this.training.tellLayers(this.isOver(turn));
      })
      .catch(() => {});
  }

  /** Live numbers for the next update. A finished run keeps those that it was trained with. */
  adjust(settings: NumberSetting[]) {
    this.training.adjust(settings);
    this.keeping.ask();
    // Before the first update, what the held-out losses are at other numbers can still be said.
    if (this.course.step === 0 && !this.playing) this.evaluating.ask();
  }

  /** @throws ProblemError of the sentence; the one before stays */
  async changeSentence(sentence: string): Promise<Probe> {
    const { account } = this.training;
    try {
      const probe = await account.probe(this.course, sentence);
      account.sentence = sentence;
      return probe;
    } catch (error) {
      const known = problemOf(error).code.startsWith('sentence');
      throw this.closed || (!known && (await this.queue.isLosing()))
        ? new ProblemError('interrupted')
        : error;
    }
  }

  /** While somebody looks, layers are compared: now, and every so often while the run plays. */
  watchLayers(watched: boolean) {
    this.training.layers.watch(watched);
    if (!watched || this.playing || this.closed || this.isLost()) return;
    const { turn } = this;
    void this.queue.add(() => this.training.tellLayers(this.isOver(turn))).catch(() => {});
  }

  /** How often it is looked what each term gives to the gradient: also now, where the run rests. */
  keepLedger(setting: LedgerSetting | null) {
    this.training.ledger.keep(setting);
    if (!setting || this.playing || this.closed || this.isLost()) return;
    const { turn } = this;
    const look = async () => {
      await this.prepare();
      await this.training.tellGradients(this.isOver(turn));
    };
    void this.queue.add(look).catch(() => {});
  }

  /** @throws ProblemError interrupted where something else was asked for meanwhile */
  evaluateAll(): Promise<EvaluationPoint> {
    const turn = this.rested();
    return this.queue.add(async () => {
      const point = await this.training.evaluate('full', this.isOver(turn));
      await this.training.checkpoint();
      return point;
    });
  }

  /** Asks models while the run rests. @param question awaits `pause` now and then @throws ProblemError interrupted */
  ask<T>(
    question: (course: RunCourse, pause: () => Promise<void>) => Promise<T>,
    isOver = () => false,
  ): Promise<T> {
    const isOvertaken = this.isOver(this.rested());
    const pause = () => this.training.pause(() => isOver() || isOvertaken());
    return this.queue.add(() => pause().then(() => question(this.course, pause)));
  }

  /**
   * The run as it is between two updates; plays on afterwards.
   * @throws ProblemError interrupted
   */
  async keptNow(): Promise<Kept> {
    const { training } = this;
    const resumes = this.playing;
    const turn = this.rested();
    const step = await this.queue.add(async () => {
      await training.checkpoint();
      return this.course.step;
    });
    const { kept } = training.keeper;
    if (resumes && turn === this.turn) this.play();
    // What diverged is not kept, and the state before it is not what was asked for.
    if (kept?.snapshot.step !== step) throw new ProblemError('nothingToKeep');
    return kept;
  }

  /** The page may be gone in a moment. */
  keepNow() {
    if (!this.training.hasNews) return;
    this.training.hasten();
    if (!this.playing) this.keeping.ask(0);
  }

  blame(problem: Problem) {
    this.training.blame(problem);
  }

  /**
   * Does again what was done after the last checkpoint. A fault on the way takes the run back to the checkpoint.
   * @throws ProblemError interrupted where that is so
   */
  async redo(reached: Reached, tell: (done: number, of: number) => void = () => {}) {
    await this.queue.add(() => this.training.redo(reached, tell, () => this.closed));
  }

  /** Goes on with a course on another device, which is in the last good state, from where the run was. */
  async takeUp(course: RunCourse) {
    await this.redo(this.training.replace(course)).catch(() => {});
    this.training.tellStage();
    this.tellStatus();
    void this.lookAround();
  }

  /** Ends what goes on; the run is to be closed then. */
  abandon() {
    this.closed = true;
  }

  /** Ends the run; `keep` saves what it has reached. */
  async close(keep: boolean) {
    const { training } = this;
    this.closed = true;
    this.keeping.cancel();
    this.evaluating.cancel();
    this.take();
    if (!keep) training.keeper.stop();
    await this.queue.settled;
    if (keep && training.hasNews && !this.isLost()) {
      await this.queue.add(() => training.checkpoint()).catch(() => {});
    }
    await training.keeper.settled();
    this.course.dispose();
  }

  private async playLoop(turn: number) {
    const { training } = this;
    this.tellStatus();
    while (turn === this.turn && !training.isFinished) {
      await training.crossBorder(this.isOver(turn));
      await this.prepare();
      if (turn !== this.turn) break;
      const start = performance.now();
      training.update();
      await training.accompany(this.speed !== null, () => this.closed);
      await this.rest(start);
    }
    await training.account.tellPoints(this.course);
    if (turn === this.turn) this.playing = false;
    this.tellStatus();
    if (this.closed) return;
    await training.tellProbe();
    await training.checkpoint();
    if (training.isFinished) {
      await training.evaluate('full', this.isOver(turn));
      await training.checkpoint();
    }
    await training.tellLayers(() => this.closed);
  }

  /** Something was asked for: whatever goes on comes to its end. */
  private take(): number {
    this.playing = false;
    this.nap.wake();
    return ++this.turn;
  }

  /** Ends the playing, if any, but no measurement: those wait for each other. */
  private rested(): number {
    return this.playing ? this.take() : this.turn;
  }

  private isOver = (turn: number) => () => this.closed || turn !== this.turn;

  /** Stops and goes back to the last good state. */
  private async fail(problem: Problem) {
    this.playing = false;
    const { stage } = this.course;
    try {
      this.training.goBack();
      if (this.course.stage !== stage) this.training.tellStage();
      this.emit('failed', { problem, restoredStep: this.course.step, fatal: false });
      this.tellStatus();
      await this.training.tellProbe();
    } catch (error) {
      this.emit('failed', { problem: problemOf(error), restoredStep: null, fatal: true });
    }
  }

  private prepare(): Promise<void> {
    return this.training.prepare(async (problem) => {
      // What fails since the device is gone is no refusal; whoever recovers reports it.
      if (!(await this.queue.isLosing())) this.emit('slowed', { problem });
    });
  }

  private tellStatus() {
    this.emit('statusChanged', { status: this.status });
  }

  /** While playing, the loop keeps it. */
  private keep() {
    if (this.playing || this.closed) return;
    void this.queue.add(() => this.training.checkpoint()).catch(() => {});
  }

  private evaluateSample() {
    if (this.playing || this.closed || this.course.step > 0) return;
    const { turn } = this;
    void this.queue.add(() => this.training.evaluate('sample', this.isOver(turn))).catch(() => {});
  }

  private rest(start: number): Promise<void> {
    const left = this.speed === null ? 0 : 1000 / this.speed - (performance.now() - start);
    return left > 0 ? this.nap.take(left) : breathe();
  }
}

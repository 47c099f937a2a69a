/** A run that is open: the loop of updates, and what is told of it. */
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type {
  Adjustment,
  EvaluationPoint,
  Latency,
  Probe,
  RunHistory,
  RunStatus,
  StepPoint,
} from '../config/results';
import { readSentence } from '../data/maskedSentence';
import { upTo, withEvaluation, withPoints } from '../protocol/history';
import type { Emit } from '../protocol/port';
import { isFiniteSnapshot, type Snapshot } from '../train/snapshot';
import type { Trainer } from '../train/trainer';
import { DeviceQueue } from './deviceQueue';
import { breathe, Nap, Speedometer } from './pace';
import type { Sources } from './sources';

/** Milliseconds between events: losses at most ten times a second, the probe twice, a checkpoint every 10 s. */
const every = { points: 100, probe: 500, checkpoint: 10_000 };
/** The first checkpoint of playing comes sooner. */
const firstCheckpoint = 3000;
/** Single steps and changed numbers are kept once hands are still, in milliseconds. */
const keepAfter = 1000;

export interface RunParts {
  trainer: Trainer;
  sources: Sources;
  emit: Emit;
  history: RunHistory;
  sentence: string;
  /** The state that `trainer` is in, where it is not that of step 0. */
  snapshot: Snapshot | null;
  /** True once the device is gone: errors are its consequence, and whoever recovers reports it. */
  isLost: () => boolean;
  /** Writes a checkpoint to disk. */
  save: (run: Run, snapshot: Snapshot) => Promise<void>;
}

export class Run {
  trainer: Trainer;
  readonly sources: Sources;
  history: RunHistory;
  sentence: string;
  /** Upper bound in steps per second; null: none. */
  speed: number | null = null;
  /** The last good state of the arms; null: that of step 0, which the seed gives again. */
  snapshot: Snapshot | null;
  private readonly parts: RunParts;
  private readonly emit: Emit;
  /** Counts what people asked for. A loop or a measurement ends when something newer was asked for. */
  private turn = 0;
  private playing = false;
  private closed = false;
  private readonly queue: DeviceQueue;
  private fault: Problem | null = null;
  /** Losses that are on their way from the device. */
  private reading: Promise<StepPoint[]> | null = null;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private toldNotSaved = false;
  private readonly nap = new Nap();
  private readonly speedometer = new Speedometer();
  private last = { points: 0, probe: 0, checkpoint: performance.now() };

  constructor(parts: RunParts) {
    this.parts = parts;
    this.queue = new DeviceQueue(parts.isLost, (problem) => this.fail(problem));
    this.trainer = parts.trainer;
    this.sources = parts.sources;
    this.emit = parts.emit;
    this.history = parts.history;
    this.sentence = parts.sentence;
    this.snapshot = parts.snapshot;
  }

  get isPlaying() {
    return this.playing;
  }

  get status(): RunStatus {
    const { step, experiment } = this.trainer;
    const { steps } = experiment.training;
    const state = this.playing ? 'playing' : step >= steps ? 'finished' : 'paused';
    const stepsPerSecond = this.playing ? this.speedometer.stepsPerSecond : null;
    return { state, step, steps, stepsPerSecond };
  }

  play(): RunStatus {
    if (!this.playing && this.status.state !== 'finished') {
      const turn = this.take();
      this.playing = true;
      this.speedometer.restart(this.trainer.step);
      this.last.checkpoint = performance.now() - every.checkpoint + firstCheckpoint;
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
    const turn = this.take();
    await this.queue.add(async () => {
      const { steps } = this.trainer.experiment.training;
      if (this.trainer.step >= steps) return;
      await this.prepare();
      if (turn !== this.turn) return;
      this.trainer.trainStep();
      await this.tellPoints();
      this.emit('statusChanged', { status: this.status });
      this.keepSoon();
      await this.tellProbe();
      const finished = this.trainer.step >= steps;
      if (finished || this.isEvaluationDue()) await this.tellEvaluation(finished ? 'full' : 'sample', turn);
    });
    return this.status;
  }

  /** The first figures, before anything is played. */
  async lookAround() {
    const turn = this.turn;
    await this.queue
      .add(async () => {
        await this.prepare();
        await this.tellProbe();
        const { step } = this.trainer;
        const known = this.history.evaluations.some((point) => point.step === step);
        if (!known) await this.tellEvaluation('sample', turn);
      })
      .catch(() => {});
  }

  /** Numbers for the next update. */
  adjust(adjustment: Adjustment) {
    this.trainer.adjust(adjustment);
    this.keepSoon();
  }

  /** @throws ProblemError of the sentence; the one before stays */
  async changeSentence(sentence: string): Promise<Probe> {
    try {
      const probe = await this.probe(sentence);
      this.sentence = sentence;
      return probe;
    } catch (error) {
      const known = problemOf(error).code.startsWith('sentence');
      throw this.closed || (!known && (await this.queue.isLosing()))
        ? new ProblemError('interrupted')
        : error;
    }
  }

  /** @throws ProblemError interrupted where something else was asked for meanwhile */
  evaluateAll(): Promise<EvaluationPoint> {
    const turn = this.rested();
    return this.queue.add(async () => {
      const point = await this.tellEvaluation('full', turn);
      await this.checkpoint();
      return point;
    });
  }

  /** @throws ProblemError interrupted, as above */
  measureLatency(): Promise<Record<string, Latency>> {
    const turn = this.rested();
    return this.queue.add(() => this.trainer.measureLatency(() => this.breatheUnless(turn)));
  }

  /** An error that the device reported outside any call: what was computed since can't be trusted. */
  blame(problem: Problem) {
    this.fault ??= { ...problem, values: { step: this.trainer.step, ...problem.values } };
  }

  /** Goes on with a trainer on another device. */
  takeUp(trainer: Trainer) {
    this.trainer = trainer;
    this.fault = null;
    this.reading = null;
    this.history = upTo(this.history, trainer.step);
    this.emit('statusChanged', { status: this.status });
    void this.lookAround();
  }

  /** Ends the run; `keep` saves what it has reached. */
  async close(keep: boolean) {
    this.closed = true;
    clearTimeout(this.keeping);
    this.take();
    await this.queue.settled;
    const unkept = this.trainer.step !== (this.snapshot?.step ?? 0);
    if (keep && unkept && !this.parts.isLost()) await this.queue.add(() => this.checkpoint()).catch(() => {});
    this.trainer.dispose();
  }

  private async playLoop(turn: number) {
    const { steps } = this.trainer.experiment.training;
    this.emit('statusChanged', { status: this.status });
    while (turn === this.turn && this.trainer.step < steps) {
      await this.prepare();
      if (turn !== this.turn) break;
      const start = performance.now();
      this.trainer.trainStep();
      if (this.isDue('points') || this.speed !== null) await this.tellPointsSoon();
      if (this.isDue('probe')) await this.tellProbe();
      if (this.isEvaluationDue() && this.trainer.step < steps) await this.tellEvaluation('sample');
      if (this.isDue('checkpoint')) await this.checkpoint();
      await this.trainer.keepUp();
      await this.rest(start);
    }
    await this.tellPoints();
    if (turn === this.turn) this.playing = false;
    this.emit('statusChanged', { status: this.status });
    if (this.closed) return;
    await this.tellProbe();
    await this.checkpoint();
    if (this.trainer.step >= steps) {
      await this.tellEvaluation('full', turn);
      await this.checkpoint();
    }
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

  /** Stops and goes back to the last good state. */
  private async fail(problem: Problem) {
    this.playing = false;
    this.fault = null;
    this.reading = null;
    try {
      this.trainer.restore(this.snapshot);
      this.history = upTo(this.history, this.trainer.step);
      this.emit('failed', { problem, restoredStep: this.trainer.step, fatal: false });
      this.emit('statusChanged', { status: this.status });
      await this.tellProbe();
    } catch (error) {
      this.emit('failed', { problem: problemOf(error), restoredStep: null, fatal: true });
    }
  }

  /** Readies the next update; where programs are compiled for it, the page hears how far that is. */
  private prepare(): Promise<void> {
    return this.trainer.prepare({
      onProgress: (done, of) => this.emit('preparing', { done, of }),
      onRefusal: (problem) => {
        this.emit('preparing', { done: 0, of: 0 });
        void this.tellSlowed(problem);
      },
    });
  }

  private async tellSlowed(problem: Problem) {
    // What fails since the device is gone is no refusal; whoever recovers reports it.
    if (!(await this.queue.isLosing())) this.emit('slowed', { problem });
  }

  /** All losses up to now; waits for the device. */
  private async tellPoints() {
    const earlier = this.reading;
    this.reading = null;
    if (earlier) this.deliver(await earlier);
    this.deliver(await this.trainer.readPoints());
  }

  /** Losses as they come, without waiting for the device: those of a read that is under way are told next time. */
  private async tellPointsSoon() {
    const earlier = this.reading;
    this.reading = null;
    if (earlier) this.deliver(await earlier);
    const reading = this.trainer.readPoints();
    reading.catch(() => {});
    const points = await Promise.race([reading, breathe()]);
    if (points) this.deliver(points);
    else this.reading = reading;
  }

  private deliver(points: StepPoint[]) {
    if (this.fault) throw new ProblemError(this.fault.code, this.fault.values);
    if (points.length === 0) return;
    this.speedometer.note(this.trainer.step);
    this.history = withPoints(this.history, points);
    this.emit('progressed', { status: this.status, points });
  }

  private async tellProbe() {
    try {
      this.emit('probed', { probe: await this.probe(this.sentence) });
    } catch (error) {
      const problem = problemOf(error);
      if (!problem.code.startsWith('sentence')) throw error;
      // The sentence may not fit another tokenizer; the page says so beside it and training goes on.
      this.emit('probeRefused', { problem });
    }
  }

  private async probe(sentence: string): Promise<Probe> {
    const read = readSentence(sentence, this.sources.tokenizer, this.trainer.longestSentence);
    const { ids, tokens, maskIndex, unknownWords } = read;
    const { step } = this.trainer;
    const models = await this.trainer.probe(ids, maskIndex);
    return { step, sentence, tokens, maskIndex, unknownWords, models };
  }

  /** Evaluates; with a `turn`, gives up once something else is asked for. */
  private async tellEvaluation(extent: EvaluationPoint['extent'], turn?: number): Promise<EvaluationPoint> {
    await this.tellPoints();
    const point = await this.trainer.evaluate(extent, () => this.breatheUnless(turn));
    this.history = withEvaluation(this.history, point);
    this.emit('evaluated', { point });
    return point;
  }

  /** Hears messages, and stops a measurement that nobody waits for any more. */
  private async breatheUnless(turn?: number) {
    await breathe();
    if (this.closed || (turn !== undefined && turn !== this.turn)) throw new ProblemError('interrupted');
  }

  /** Keeps the arms here and on disk. A browser that stores nothing keeps them here, and that is told once. */
  private async checkpoint() {
    await this.tellPoints();
    const snapshot = await this.trainer.takeSnapshot();
    if (!isFiniteSnapshot(snapshot)) return;
    this.snapshot = snapshot;
    try {
      await this.parts.save(this, snapshot);
      this.emit('checkpointSaved', { step: snapshot.step });
    } catch (error) {
      if (!this.toldNotSaved) this.emit('notSaved', { problem: problemOf(error) });
      this.toldNotSaved = true;
    }
  }

  private keepSoon() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      // While playing, the loop keeps it.
      if (!this.playing && !this.closed) void this.queue.add(() => this.checkpoint()).catch(() => {});
    }, keepAfter);
  }

  private isEvaluationDue() {
    return this.trainer.step % this.trainer.experiment.training.evaluateEvery === 0;
  }

  private isDue(what: keyof typeof every) {
    const now = performance.now();
    if (now - this.last[what] < every[what]) return false;
    this.last[what] = now;
    return true;
  }

  private rest(start: number): Promise<void> {
    const left = this.speed === null ? 0 : 1000 / this.speed - (performance.now() - start);
    return left > 0 ? this.nap.take(left) : breathe();
  }
}

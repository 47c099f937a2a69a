/** A run that is open: the loop of updates, and what is told of it. */
import { type Problem, problemOf } from '../config/problems';
import type { EvaluationPoint, Probe, RunHistory, RunStatus } from '../config/results';
import { readSentence } from '../data/maskedSentence';
import { upTo, withEvaluation, withPoints } from '../protocol/history';
import type { Emit } from '../protocol/port';
import { saveRun } from '../storage/runs';
import { isFiniteSnapshot, type Snapshot } from '../train/snapshot';
import type { Trainer } from '../train/trainer';
import { breathe, Nap, Speedometer } from './pace';
import type { Sources } from './sources';

/** Milliseconds between events: losses at most ten times a second, the probe twice, a checkpoint every 15 s. */
const every = { points: 100, probe: 500, checkpoint: 15_000 };

export interface RunParts {
  trainer: Trainer;
  sources: Sources;
  emit: Emit;
  history: RunHistory;
  sentence: string;
  /** True once the device is gone: errors are its consequence, and whoever recovers reports it. */
  isLost: () => boolean;
}

export class Run {
  trainer: Trainer;
  readonly sources: Sources;
  history: RunHistory;
  sentence: string;
  /** Upper bound in steps per second; null: none. */
  speed: number | null = null;
  /** The last good state of the arms; null: that of step 0, which the seed gives again. */
  snapshot: Snapshot | null = null;
  private readonly emit: Emit;
  private readonly isLost: () => boolean;
  private playing = false;
  private loop: Promise<void> = Promise.resolve();
  private readonly nap = new Nap();
  private readonly speedometer = new Speedometer();
  private last = { points: 0, probe: 0, checkpoint: performance.now() };

  constructor({ trainer, sources, emit, history, sentence, isLost }: RunParts) {
    this.trainer = trainer;
    this.sources = sources;
    this.emit = emit;
    this.history = history;
    this.sentence = sentence;
    this.isLost = isLost;
  }

  get status(): RunStatus {
    const { step, experiment } = this.trainer;
    const { steps } = experiment.training;
    const state = this.playing ? 'playing' : step >= steps ? 'finished' : 'paused';
    return { state, step, steps, stepsPerSecond: this.speedometer.stepsPerSecond };
  }

  play(): RunStatus {
    if (!this.playing && this.status.state !== 'finished') {
      this.playing = true;
      this.speedometer.restart(this.trainer.step);
      this.loop = this.loop.then(() => this.guarded(() => this.playLoop()));
    }
    return this.status;
  }

  async pause(): Promise<RunStatus> {
    this.playing = false;
    this.nap.wake();
    await this.loop;
    return this.status;
  }

  /** Pauses without finishing what is under way on a device that is gone; true where it was playing. */
  async halt(): Promise<boolean> {
    const playing = this.playing;
    await this.pause();
    return playing;
  }

  async stepOnce(): Promise<RunStatus> {
    await this.pause();
    await this.exclusively(async () => {
      if (this.status.state === 'finished') return;
      this.trainer.trainStep();
      await this.tellPoints();
      await this.tellProbe();
      if (this.isEvaluationDue()) await this.tellEvaluation('sample');
    });
    this.emit('statusChanged', { status: this.status });
    return this.status;
  }

  /** The first figures, before anything is played. */
  lookAround(): Promise<void> {
    return this.exclusively(async () => {
      await this.tellProbe();
      const { step } = this.trainer;
      if (!this.history.evaluations.some((point) => point.step === step)) await this.tellEvaluation('sample');
    });
  }

  /** @throws ProblemError of the sentence; the one before stays */
  async changeSentence(sentence: string): Promise<Probe> {
    const probe = await this.probe(sentence);
    this.sentence = sentence;
    return probe;
  }

  async evaluateAll(): Promise<EvaluationPoint> {
    await this.pause();
    return this.tellEvaluation('full');
  }

  /** Goes on with a trainer on another device. */
  takeUp(trainer: Trainer) {
    this.trainer = trainer;
    this.history = upTo(this.history, trainer.step);
    this.emit('statusChanged', { status: this.status });
    void this.lookAround();
  }

  async close() {
    await this.pause();
    this.trainer.dispose();
  }

  private async playLoop() {
    const { steps } = this.trainer.experiment.training;
    this.emit('statusChanged', { status: this.status });
    while (this.playing && this.trainer.step < steps) {
      const start = performance.now();
      this.trainer.trainStep();
      if (this.isDue('points') || this.speed !== null) await this.tellPoints();
      if (this.isDue('probe')) await this.tellProbe();
      if (this.isEvaluationDue() && this.trainer.step < steps) await this.tellEvaluation('sample');
      if (this.isDue('checkpoint')) await this.checkpoint();
      await this.rest(start);
    }
    this.playing = false;
    await this.tellPoints();
    this.emit('statusChanged', { status: this.status });
    await this.tellProbe();
    await this.checkpoint();
    if (this.trainer.step >= steps) await this.tellEvaluation('full');
  }

  /** Runs when nothing else uses the device, and reports what goes wrong. */
  private exclusively(task: () => Promise<void>): Promise<void> {
    this.loop = this.loop.then(() => this.guarded(task));
    return this.loop;
  }

  private async guarded(task: () => Promise<void>) {
    try {
      await task();
    } catch (error) {
      if (this.isLost()) return;
      await this.fail(problemOf(error));
    }
  }

  /** Stops and goes back to the last good state. */
  private async fail(problem: Problem) {
    this.playing = false;
    this.trainer.restore(this.snapshot);
    const { step } = this.trainer;
    this.history = upTo(this.history, step);
    this.emit('failed', { problem, restoredStep: step });
    this.emit('statusChanged', { status: this.status });
  }

  private async tellPoints() {
    const points = await this.trainer.readPoints();
    if (points.length === 0) return;
    this.speedometer.note(this.trainer.step);
    this.history = withPoints(this.history, points);
    this.emit('progressed', { status: this.status, points });
  }

  private async tellProbe() {
    try {
      this.emit('probed', { probe: await this.probe(this.sentence) });
    } catch (error) {
      // The sentence may not fit another tokenizer; the page says so beside it and training goes on.
      this.emit('probeRefused', { problem: problemOf(error) });
    }
  }

  private async probe(sentence: string): Promise<Probe> {
    const read = readSentence(sentence, this.sources.tokenizer, this.trainer.longestSentence);
    const { ids, tokens, maskIndex, unknownWords } = read;
    const { step } = this.trainer;
    const models = await this.trainer.probe(ids, maskIndex);
    return { step, sentence, tokens, maskIndex, unknownWords, models };
  }

  private async tellEvaluation(extent: EvaluationPoint['extent']): Promise<EvaluationPoint> {
    await this.tellPoints();
    const point = await this.trainer.evaluate(extent, breathe);
    this.history = withEvaluation(this.history, point);
    this.emit('evaluated', { point });
    return point;
  }

  /** Keeps the arms on the CPU and on disk. A browser that stores nothing keeps them on the CPU. */
  private async checkpoint() {
    await this.tellPoints();
    const snapshot = await this.trainer.takeSnapshot();
    if (!isFiniteSnapshot(snapshot)) return;
    this.snapshot = snapshot;
    const { experiment } = this.trainer;
    const { step, arms } = snapshot;
    try {
      await saveRun({
        experiment,
        savedAt: Date.now(),
        step,
        history: this.history,
        arms,
        sentence: this.sentence,
      });
      this.emit('checkpointSaved', { step });
    } catch (error) {
      this.emit('notSaved', { problem: problemOf(error) });
    }
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

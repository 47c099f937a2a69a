/** A trainer that computes nothing, but whose state tells exactly which updates with which numbers led to it. */

import { isLive, withSettings } from '../../src/config/compare';
import type { Experiment } from '../../src/config/experiment';
import { isApartFrom } from '../../src/config/forks';
import { teacherModel } from '../../src/config/modelIds';
import { flatten } from '../../src/config/paths';
import { ProblemError } from '../../src/config/problems';
import type {
  EvaluationPoint,
  HeldOutGuesses,
  NumberChange,
  NumberSetting,
  ProbeModel,
  StepPoint,
} from '../../src/config/results';
import type { Calibrations, LatencyCurves } from '../../src/config/scores';
import { stageAt, stageCount, stepsBefore } from '../../src/config/stages';
import type { CourseParts } from '../../src/train/course';
import type { Snapshot } from '../../src/train/snapshot';
import type { StageTrainer } from '../../src/train/stageTrainer';

/** One update: a number made from the one before, the step and every live number. */
function next(state: number, step: number, experiment: Experiment): number {
  let mixed = state ^ Math.imul(step + 1, 0x9e3779b1);
  // A weight that comes back stands behind the others.
  const numbers = [...flatten(experiment)].filter(([path]) => isLive(path));
  for (const [, value] of numbers.sort(([a], [b]) => (a < b ? -1 : 1))) {
    mixed = Math.imul(mixed ^ Math.round(Number(value) * 1e6), 0x85ebca6b) ^ (mixed >>> 13);
  }
  // Held exactly by a float32.
  return mixed & 0xffffff;
}

/** The state of a stage before its first update, from the one that the stage before came to; a mark of its own. */
const entered = (state: number, stage: Experiment) =>
  (Math.imul(state ^ stage.training.seed, 0xc2b2ae35) >>> 0) & 0xffffff;

/** The state after `step` updates of an experiment with these numbers now, which changed like this on the way. */
export function stateAfter(experiment: Experiment, changes: readonly NumberChange[], step: number): number {
  let numbers = withSettings(
    experiment,
    changes.map(({ path, before }) => ({ path, value: before })).reverse(),
  );
  let state = experiment.training.seed;
  for (let stage = 0; stage < stageCount(experiment); stage++) {
    const before = stepsBefore(experiment, stage);
    // At its end a stage's state is still there.
    if (stage > 0 && step <= before) break;
    if (stage > 0) state = entered(state, stageAt(experiment, stage));
    const { steps } = stageAt(experiment, stage).training;
    for (let done = before; done < Math.min(step, before + steps); done++) {
      const due = changes.filter((change) => change.step === done);
      // At a border what was changed before it counts too.
      numbers = withSettings(numbers, due);
      const own = stageAt(numbers, stage);
      // Arms that come from others count once they go their own way.
      const arms = own.arms.filter((arm) => isApartFrom(arm, done - before));
      state = next(state, done - before, { ...own, arms });
    }
  }
  return state;
}

/** The state of a later stage, counted from 0, before its first update. */
export const beginningOf = (
  experiment: Experiment,
  changes: readonly NumberChange[],
  stage: number,
): number =>
  entered(stateAfter(experiment, changes, stepsBefore(experiment, stage)), stageAt(experiment, stage));

/** Logits that tell a state, the largest of them 0, and each held exactly by a float16. */
export const logitsOf = (state: number) =>
  Float32Array.of(0, -((state >> 16) & 0xff), -((state >> 8) & 0xff), -(state & 0xff));

export interface TrainerWorld {
  /** True once the thread or the device of this trainer is gone: whatever it is asked never comes. */
  isGone: () => boolean;
  /** True once the device is lost: what is asked of it fails. */
  isLost: () => boolean;
  /** Milliseconds that an update takes. */
  pace: () => number;
  /** True where the next losses are no numbers. */
  diverges: () => boolean;
}

const never = new Promise<never>(() => {});
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export class FakeTrainer implements StageTrainer {
  step = 0;
  state: number;
  private readonly first: number;
  disposed = false;
  readonly longestSentence = 32;
  private unread: StepPoint[] = [];
  private broken = false;

  constructor(
    public experiment: Experiment,
    private readonly world: TrainerWorld,
    before: Parameters<CourseParts<unknown>['make']>[2] = {},
  ) {
    const own = before[experiment.arms[0].id]?.get('w');
    this.first = own ? entered(own.data[0], experiment) : experiment.training.seed;
    this.state = this.first;
  }

  async weights() {
    const { arms } = await this.takeSnapshot();
    return Object.fromEntries(
      Object.entries(arms).map(([id, { parameters }]) => [
        id,
        new Map([['w', { shape: [1], data: parameters.w }]]),
      ]),
    );
  }

  async prepare() {
    await this.reach();
  }

  trainStep() {
    this.check();
    this.state = next(this.state, this.step, this.experiment);
    this.step += 1;
    this.broken ||= this.world.diverges();
    const arms = this.experiment.arms.map(
      ({ id }) => [id, { total: this.state, terms: {}, gradientNorm: 1 }] as const,
    );
    const { learningRate } = this.experiment.training;
    this.unread.push({ step: this.step, learningRate, arms: Object.fromEntries(arms) });
  }

  async keepUp() {
    await pause(this.world.pace());
    await this.reach();
  }

  async readPoints() {
    await this.reach();
    const points = this.unread;
    this.unread = [];
    if (this.broken) {
      const values = { step: this.step, arm: this.experiment.arms[0].id, term: 'ce' };
      throw new ProblemError('lossNotFinite', values);
    }
    return points;
  }

  adjust(settings: readonly NumberSetting[]) {
    this.experiment = withSettings(this.experiment, settings);
  }

  async evaluate(extent: EvaluationPoint['extent'], between: () => Promise<void>): Promise<EvaluationPoint> {
    const { step } = this;
    for (let batch = 0; batch < (extent === 'full' ? 8 : 2); batch++) {
      await pause(5);
      await this.reach();
      await between();
    }
    return { step, extent, sequences: 1, maskedWords: 1, teacher: null, arms: {} };
  }

  async guessHeldOut(between: (share: number) => Promise<void>): Promise<HeldOutGuesses> {
    for (let batch = 1; batch <= 8; batch++) {
      await pause(5);
      await this.reach();
      await between(batch / 8);
    }
    return { labels: [], rows: [], guesses: { distilled: [{ label: this.state, probability: 1 }] } };
  }

  async calibrate(between: (share: number) => Promise<void>): Promise<Calibrations> {
    const { step } = this;
    for (let batch = 1; batch <= 8; batch++) {
      await pause(5);
      await this.reach();
      await between(batch / 8);
    }
    return { step, fitted: 1, places: 1, whole: true, models: {} };
  }

  async measureCurves(between: (share: number) => Promise<void>): Promise<LatencyCurves> {
    for (let run = 1; run <= 8; run++) {
      await pause(10);
      await this.reach();
      await between(run / 8);
    }
    return { length: 1, batchSize: 1, leftOut: [], models: {} };
  }

  async teacherSays() {
    return null;
  }

  async probe(): Promise<ProbeModel[]> {
    const { state } = this;
    await pause(3);
    await this.reach();
    const attention = { blocks: 0, heads: 0, scores: new Float32Array(), probabilities: new Float32Array() };
    return [{ id: 'distilled', logits: logitsOf(state), attention }];
  }

  async compareLayers(of: 'now' | 'start', between: () => Promise<void>) {
    const state = of === 'start' ? this.first : this.state;
    for (let batch = 0; batch < 2; batch++) {
      await pause(5);
      await this.reach();
      await between();
    }
    const [{ id, mapping }] = this.experiment.arms;
    const one = { mapping, cka: [[state]], cosine: [[state]], through: ['itself' as const] };
    return { sequences: 1, tokens: 1, arms: { [id]: one } };
  }

  async termGradients(between: () => Promise<void>) {
    const { state, experiment } = this;
    for (let term = 0; term < 2; term++) {
      await pause(5);
      await this.reach();
      await between();
      if (this.experiment !== experiment) return null;
    }
    const [{ id }] = experiment.arms;
    return { [id]: { terms: ['ce' as const], parts: ['embeddings' as const], dots: [[state]] } };
  }

  async measureLatency(between: () => Promise<void>) {
    for (let run = 0; run < 5; run++) {
      await pause(10);
      await between();
    }
    return {};
  }

  sizes() {
    return Object.fromEntries(
      [teacherModel, ...this.experiment.arms.map(({ id }) => id)].map((id) => [
        id,
        { parameters: 1, bytes: 4, parts: { words: 1, places: 0, layers: [], head: 0 } },
      ]),
    );
  }

  async takeSnapshot(): Promise<Snapshot> {
    const { step, state } = this;
    await pause(2);
    await this.reach();
    const numbers = () => ({ w: Float32Array.of(this.broken ? Number.NaN : state) });
    const arms = this.experiment.arms.map(
      ({ id }) => [id, { parameters: numbers(), moments: { first: numbers(), second: numbers() } }] as const,
    );
    return { step, arms: Object.fromEntries(arms) };
  }

  restore(snapshot: Snapshot | null) {
    this.check();
    this.broken = false;
    this.unread = [];
    this.step = snapshot?.step ?? 0;
    const { id } = this.experiment.arms[0];
    this.state = snapshot ? snapshot.arms[id].parameters.w[0] : this.first;
  }

  stepFlops() {
    return 1;
  }

  shapeOf() {
    return undefined;
  }

  dispose() {
    this.disposed = true;
  }

  private async reach() {
    if (this.world.isGone()) await never;
    this.check();
  }

  private check() {
    if (this.world.isLost()) throw new Error('The device is lost');
  }
}

/** The worker in the background as the queue sees it: it starts with the first run, trains one at a time, and can be left. */
import type { Problem } from '../config/problems';
import type { BackendName } from '../config/results';
import type { BackgroundPace, FromBackground } from '../protocol/background';
import { type BackgroundClient, startBackground } from './backgroundClient';
import { metricOfStage, type SeedRun, seedPoint } from './seedRun';
import type { SeedsState } from './seedsState';
import type { WorkerLike } from './workerClient';

export interface SeedWorkerParts {
  get: () => SeedsState;
  set: (changes: Partial<SeedsState>) => void;
  spawn: () => WorkerLike;
  /** How fast it may go now. */
  pace: () => BackgroundPace;
  /** What the run on screen is forced to compute on; null: whatever is fastest. */
  backend: () => BackendName | null;
  baseUrl: () => string;
  now: () => number;
}

/** How the training of one run ended. */
export type Ended =
  | { how: 'done'; run: SeedRun }
  | { how: 'failed'; problem: Problem }
  | { how: 'died' }
  /** Nobody wants it any more. */
  | { how: 'left' };

export class SeedWorker {
  private client: BackgroundClient | null = null;
  /** The run that is under way, as it was when it began, and what is done with it. */
  private training: {
    run: SeedRun;
    hear: (message: FromBackground) => void;
    end: (ended: Ended) => void;
  } | null = null;

  constructor(private readonly parts: SeedWorkerParts) {}

  /** The run that is under way, as it was when it began. */
  get run(): SeedRun | null {
    return this.training?.run ?? null;
  }

  train(run: SeedRun): Promise<Ended> {
    const { set, spawn, pace, backend, baseUrl } = this.parts;
    const { id, experiment, ladder } = run;
    return new Promise((resolve) => {
      const end = (ended: Ended) => {
        this.training = null;
        set({ now: null });
        resolve(ended);
      };
      this.training = { run, hear: this.hearing(run, end), end };
      this.client ??= startBackground(
        spawn,
        (message) => this.training?.hear(message),
        () => {
          this.client = null;
          this.training?.end({ how: 'died' });
        },
      );
      set({ now: { id, step: 0, opening: 'backend' } });
      this.client.post({ kind: 'pace', pace: pace() });
      this.client.post({
        kind: 'train',
        job: { id, experiment, ladder, backend: backend(), baseUrl: baseUrl() },
      });
      this.tellPace();
    });
  }

  /** Ends the run that is under way. Whatever the worker is at can't be called off: another one takes its place. */
  leave() {
    const { training } = this;
    this.end();
    training?.end({ how: 'left' });
  }

  /** Ends the worker, where no run is under way. */
  end() {
    this.client?.end();
    this.client = null;
    this.parts.set({ now: null, resting: false });
  }

  tellPace() {
    const { pace, get, set } = this.parts;
    const present = pace();
    const resting = present === 'rest' && this.client !== null;
    if (resting !== get().resting) set({ resting });
    this.client?.post({ kind: 'pace', pace: present });
  }

  /** What is heard of one run, put together. */
  private hearing(run: SeedRun, end: (ended: Ended) => void): (message: FromBackground) => void {
    const { set, now } = this.parts;
    const { id, experiment } = run;
    const points: SeedRun['points'] = [];
    let metric: SeedRun['metric'] = 'accuracy';
    return (message) => {
      if (!('id' in message) || message.id !== id) return;
      switch (message.kind) {
        case 'opening':
          return set({ now: { id, step: points.at(-1)?.step ?? 0, opening: message.what } });
        case 'reached':
          return set({ now: { id, step: message.step, opening: null } });
        case 'evaluated':
          metric = metricOfStage(experiment, message.point);
          points.push(seedPoint(message.point, metric));
          return;
        case 'failed':
          return end({ how: 'failed', problem: message.problem });
        case 'done': {
          const { backend, fingerprint, seen } = message;
          const whole = { ...run, points, seen, metric, fingerprint, backend, savedAt: now(), problem: null };
          return end({ how: 'done', run: { ...whole, state: 'done' } });
        }
      }
    };
  }
}

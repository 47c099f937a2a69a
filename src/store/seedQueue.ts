/** Trains runs over seeds in the background, one at a time and in the order in which they were asked for. */
import { type Problem, problemOf } from '../config/problems';
import type { BackendName } from '../config/results';
import type { BackgroundPace, FromBackground } from '../protocol/background';
import { type BackgroundClient, startBackground } from './backgroundClient';
import { isDone, metricOfStage, type SeedRun, seedPoint, type Wanted } from './seedRun';
import type { SeedsState } from './seedsState';
import type { WorkerLike } from './workerClient';

/** What a queue stands on; tests hand in stand-ins. */
export interface SeedQueueParts {
  get: () => SeedsState;
  set: (changes: Partial<SeedsState>) => void;
  spawn: () => WorkerLike;
  storage: {
    list: () => Promise<SeedRun[]>;
    save: (runs: readonly SeedRun[]) => Promise<void>;
    remove: (ids: readonly string[]) => Promise<void>;
  };
  /** How fast it may go now, and a way to hear of changes. */
  pace: () => BackgroundPace;
  onPace: (changed: () => void) => void;
  /** What the run on screen is forced to compute on; null: whatever is fastest. */
  backend: () => BackendName | null;
  baseUrl: () => string;
  /**
   * Resolves once no other tab does what waits, with a way to leave it to others again.
   * @param onWait called where another one does
   */
  alone: (onWait: () => void) => Promise<() => void>;
  /** Tells other tabs that what is kept has changed, and hears it of them. */
  announce: () => void;
  onAnnounced: (changed: () => void) => void;
  now: () => number;
}

/** How the training of one run ended. */
type Ended =
  | { how: 'done'; run: SeedRun }
  | { how: 'failed'; problem: Problem }
  | { how: 'died' }
  /** Nobody wants it any more. */
  | { how: 'left' };

export class SeedQueue {
  private client: BackgroundClient | null = null;
  private working = false;
  /** True after a problem, until somebody says go on. */
  private halted = false;
  /** Ends the run that is under way. */
  private leave: (() => void) | null = null;
  /** Runs that are done and could not be kept. */
  private readonly unkept = new Set<string>();
  private reading: Promise<void> | null = null;

  constructor(private readonly parts: SeedQueueParts) {
    parts.onPace(() => this.tellPace());
    parts.onAnnounced(() => void this.readAgain());
  }

  /** Reads what is kept, once, and goes on with what waits. */
  read(): Promise<void> {
    this.reading ??= this.readAgain().then(() => void this.work());
    return this.reading;
  }

  /** Trains these runs after those that wait; what is done, or waits already, is not asked for twice. */
  async ask(runs: readonly SeedRun[]): Promise<void> {
    await this.read();
    const { runs: known, now } = this.parts.get();
    const changed = new Map<string, SeedRun>();
    for (const run of runs) {
      const before = changed.get(run.id) ?? known.find(({ id }) => id === run.id);
      if (!before || before.state === 'failed') changed.set(run.id, run);
      else if (before.state === 'done') {
        if (!isDone(before, run)) changed.set(run.id, run);
      }
      // One that waits may be asked for more; one that trains ends as it began.
      else if (run.id !== now?.id) changed.set(run.id, widened(before, run));
    }
    this.put([...changed.values()]);
    await this.keep([...changed.values()]);
    this.halted = false;
    void this.work();
  }

  /** Keeps a run that has ended on screen. What the background has of it is more: there it stays. */
  async add(run: SeedRun): Promise<void> {
    await this.read();
    const before = this.parts.get().runs.find(({ id }) => id === run.id);
    if (before?.state === 'done') return;
    if (before?.state === 'waiting' && before.ladder.length > 0) return;
    this.put([run]);
    if (this.parts.get().now?.id === run.id) this.leave?.();
    await this.keep([run]);
  }

  /** Takes runs out, whether they wait, train or are done. */
  async remove(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids);
    const { now, runs } = this.parts.get();
    this.parts.set({ runs: runs.filter(({ id }) => !gone.has(id)) });
    for (const id of ids) this.unkept.delete(id);
    if (now && gone.has(now.id)) this.leave?.();
    try {
      await this.parts.storage.remove(ids);
      this.parts.announce();
    } catch (error) {
      this.parts.set({ problem: problemOf(error) });
    }
  }

  /** After a problem: what could not be kept is tried again, and what waits goes on. */
  async goOn(): Promise<void> {
    this.halted = false;
    this.parts.set({ problem: null });
    const runs = this.parts.get().runs.filter(({ id }) => this.unkept.has(id));
    if (runs.length > 0 && !(await this.keep(runs))) return;
    void this.work();
  }

  /** Whether the background goes on while the run on screen plays. */
  setBeside(beside: boolean) {
    this.parts.set({ beside });
    this.tellPace();
  }

  private tellPace() {
    const pace = this.parts.pace();
    const resting = pace === 'rest' && this.client !== null;
    if (resting !== this.parts.get().resting) this.parts.set({ resting });
    this.client?.post({ kind: 'pace', pace });
  }

  private async readAgain() {
    const { get, set, storage } = this.parts;
    try {
      const kept = await storage.list();
      const ids = new Set(kept.map(({ id }) => id));
      const own = get().runs.filter(({ id }) => this.unkept.has(id) && !ids.has(id));
      set({ runs: [...kept, ...own], isRead: true });
    } catch (error) {
      set({ isRead: true, problem: problemOf(error) });
    }
  }

  /** In place of those of the same id. */
  private put(changed: readonly SeedRun[]) {
    const { get, set } = this.parts;
    const ids = new Set(changed.map(({ id }) => id));
    const others = get().runs.filter(({ id }) => !ids.has(id));
    set({ runs: [...others, ...changed].sort((a, b) => a.askedAt - b.askedAt) });
  }

  /** @returns false where the browser takes them not: they stay on the page, and that is told */
  private async keep(runs: readonly SeedRun[]): Promise<boolean> {
    if (runs.length === 0) return true;
    try {
      await this.parts.storage.save(runs);
      for (const { id } of runs) this.unkept.delete(id);
      this.parts.announce();
      return true;
    } catch (error) {
      for (const { id } of runs) this.unkept.add(id);
      const problem = problemOf(error);
      this.parts.set({ problem: problem.code === 'storageFull' ? { code: 'seedRunNotKept' } : problem });
      return false;
    }
  }

  private async work() {
    const { get, set, alone } = this.parts;
    const isWaiting = () => get().runs.some(({ state }) => state === 'waiting');
    if (this.working || !isWaiting()) return;
    this.working = true;
    const release = await alone(() => set({ elsewhere: true }));
    if (get().elsewhere) {
      set({ elsewhere: false });
      await this.readAgain();
    }
    let deaths = 0;
    try {
      while (!this.halted) {
        const next = get().runs.find(({ state }) => state === 'waiting');
        if (!next) break;
        const ended = await this.train(next);
        if (ended.how === 'died') {
          deaths += 1;
          if (deaths > 1) this.halt({ code: 'backgroundDied' });
          continue;
        }
        deaths = 0;
        if (ended.how === 'done') await this.end(ended.run);
        if (ended.how === 'failed') {
          await this.end({ ...next, state: 'failed', problem: ended.problem, savedAt: this.parts.now() });
          // A device that was lost, or a heap that is full, is no place for the next run.
          this.endWorker();
        }
      }
    } finally {
      this.endWorker();
      this.working = false;
      release();
    }
    // Asked for while the last one was put away.
    if (!this.halted && isWaiting()) void this.work();
  }

  private halt(problem: Problem) {
    this.halted = true;
    this.parts.set({ problem });
  }

  /** Where what is done can't be kept nothing more is begun: it would be lost as well. */
  private async end(run: SeedRun) {
    this.put([run]);
    if (!(await this.keep([run]))) this.halted = true;
  }

  private endWorker() {
    this.client?.end();
    this.client = null;
    this.parts.set({ now: null, resting: false });
  }

  private train(run: SeedRun): Promise<Ended> {
    const { set, spawn, pace, backend, baseUrl } = this.parts;
    const { id, experiment, ladder } = run;
    const points: SeedRun['points'] = [];
    return new Promise((resolve) => {
      const end = (ended: Ended) => {
        this.leave = null;
        hear = () => {};
        set({ now: null });
        resolve(ended);
      };
      let hear = (message: FromBackground) => {
        if (!('id' in message) || message.id !== id) return;
        switch (message.kind) {
          case 'opening':
            return set({ now: { id, step: points.at(-1)?.step ?? 0, opening: message.what } });
          case 'reached':
            return set({ now: { id, step: message.step, opening: null } });
          case 'evaluated': {
            const { point } = message;
            points.push(seedPoint(point, metricOfStage(experiment, point)));
            this.lastMetric = metricOfStage(experiment, point);
            return;
          }
          case 'failed':
            return end({ how: 'failed', problem: message.problem });
          case 'done': {
            const { backend, fingerprint, seen } = message;
            const savedAt = this.parts.now();
            const metric = this.lastMetric;
            const whole = { ...run, points, seen, metric, fingerprint, backend, savedAt, problem: null };
            return end({ how: 'done', run: { ...whole, state: 'done' } });
          }
        }
      };
      this.heard = (message) => hear(message);
      this.died = () => {
        this.client = null;
        end({ how: 'died' });
      };
      this.leave = () => {
        // Whatever it is at can't be called off: another worker takes its place.
        this.endWorker();
        end({ how: 'left' });
      };
      this.client ??= startBackground(
        spawn,
        (message) => this.heard(message),
        () => this.died(),
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

  private lastMetric: SeedRun['metric'] = 'accuracy';
  private heard: (message: FromBackground) => void = () => {};
  private died: () => void = () => {};
}

/** A run that waits, with all that is wanted of it. */
const widened = (before: SeedRun, wanted: Pick<Wanted, 'ladder'>): SeedRun => ({
  ...before,
  ladder: [...new Set([...before.ladder, ...wanted.ladder])].sort((a, b) => a - b),
});

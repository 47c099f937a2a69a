/** Trains runs over seeds in the background, one at a time and in the order in which they were asked for. */
import { type Problem, problemOf } from '../config/problems';
import { experimentKey, haveSameModels, isDone, runsOf, type SeedRun, type Wanted } from './seedRun';
import { SeedWorker, type SeedWorkerParts } from './seedWorker';

/** What a queue stands on; tests hand in stand-ins. */
export interface SeedQueueParts extends SeedWorkerParts {
  storage: {
    list: () => Promise<SeedRun[]>;
    save: (runs: readonly SeedRun[]) => Promise<void>;
    remove: (ids: readonly string[]) => Promise<void>;
    clear: () => Promise<void>;
  };
  /** Hears of changes of how fast it may go. */
  onPace: (changed: () => void) => void;
  /**
   * Resolves once no other tab does what waits, with a way to leave it to others again.
   * @param onWait called where another one does
   */
  alone: (onWait: () => void) => Promise<() => void>;
  /** Tells other tabs that what is kept has changed, and hears it of them. */
  announce: () => void;
  onAnnounced: (changed: () => void) => void;
}

export class SeedQueue {
  private readonly worker: SeedWorker;
  private working = false;
  /** True after a problem, until somebody says go on. */
  private halted = false;
  /** Runs that could not be kept. */
  private readonly unkept = new Set<string>();
  private reading: Promise<void> | null = null;
  /** All lists that have been asked for, one after the other; never rejects. */
  private lists: Promise<void> = Promise.resolve();
  /** All changes of what is kept that have been begun; never rejects. */
  private writing: Promise<unknown> = Promise.resolve();
  /** How many those are. */
  private changes = 0;

  constructor(private readonly parts: SeedQueueParts) {
    this.worker = new SeedWorker(parts);
    parts.onPace(() => this.worker.tellPace());
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
    const known = this.parts.get().runs;
    const changed = new Map<string, SeedRun>();
    for (const run of runs) {
      const before = changed.get(run.id) ?? known.find(({ id }) => id === run.id);
      if (!before || before.state === 'failed') changed.set(run.id, run);
      else if (before.state === 'done') {
        // One of a teacher that is no more counts for nothing.
        const counts = runsOf(known, experimentKey(before.experiment)).includes(before);
        if (!counts || !isDone(before, run)) changed.set(run.id, run);
      }
      // One that waits, or trains, may be asked for more.
      else changed.set(run.id, widened(before, run));
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
    if (before?.state === 'done' && haveSameModels(before, run)) return;
    if (before?.state === 'waiting' && before.ladder.length > 0) return;
    this.put([run]);
    await this.keep([run]);
  }

  /** Takes runs out, whether they wait, train or are done. */
  async remove(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids);
    this.parts.set({ runs: this.parts.get().runs.filter(({ id }) => !gone.has(id)) });
    for (const id of ids) this.unkept.delete(id);
    this.heed();
    try {
      await this.write(this.parts.storage.remove(ids));
      this.parts.announce();
    } catch (error) {
      this.parts.set({ problem: problemOf(error) });
    }
  }

  /** Deletes all of them, those that can't be read too. @throws ProblemError of the storage */
  async clear(): Promise<void> {
    await this.write(this.parts.storage.clear());
    this.unkept.clear();
    this.parts.set({ runs: [] });
    this.heed();
    this.parts.announce();
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
    this.worker.tellPace();
  }

  private readAgain(): Promise<void> {
    this.lists = this.lists.then(() => this.list());
    return this.lists;
  }

  /** A list that is overtaken by a change that this page makes is asked for again: it would take that back. */
  private async list() {
    const { get, set, storage } = this.parts;
    try {
      for (let before = -1; before !== this.changes; ) {
        before = this.changes;
        await this.writing;
        const kept = await storage.list();
        if (before !== this.changes) continue;
        // What could not be kept is newer than what lies there.
        const own = get().runs.filter(({ id }) => this.unkept.has(id));
        const others = kept.filter(({ id }) => !this.unkept.has(id));
        set({ runs: [...others, ...own].sort((a, b) => a.askedAt - b.askedAt), isRead: true });
        this.heed();
      }
    } catch (error) {
      set({ isRead: true, problem: problemOf(error) });
    }
  }

  /** Each change of what is kept, in the same breath as that of what is shown. */
  private write(change: Promise<void>): Promise<void> {
    this.changes += 1;
    const settled = change.catch(() => {});
    this.writing = Promise.all([this.writing, settled]);
    return change;
  }

  /** Ends the run that trains where nobody wants it any more, or more is wanted of it: then it begins again. */
  private heed() {
    const { run } = this.worker;
    if (!run) return;
    const wanted = this.parts.get().runs.find(({ id }) => id === run.id);
    const isWanted = wanted?.state === 'waiting' && wanted.ladder.every((T) => run.ladder.includes(T));
    if (!isWanted) this.worker.leave();
  }

  /** In place of those of the same id. */
  private put(changed: readonly SeedRun[]) {
    const { get, set } = this.parts;
    const ids = new Set(changed.map(({ id }) => id));
    const others = get().runs.filter(({ id }) => !ids.has(id));
    set({ runs: [...others, ...changed].sort((a, b) => a.askedAt - b.askedAt) });
    this.heed();
  }

  /** @returns false where the browser takes them not: they stay on the page, and that is told */
  private async keep(runs: readonly SeedRun[]): Promise<boolean> {
    if (runs.length === 0) return true;
    try {
      await this.write(this.parts.storage.save(runs));
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
        const ended = await this.worker.train(next);
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
          this.worker.end();
        }
      }
    } finally {
      this.worker.end();
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
}

/** A run that waits, with all that is wanted of it. */
const widened = (before: SeedRun, wanted: Pick<Wanted, 'ladder'>): SeedRun => ({
  ...before,
  ladder: [...new Set([...before.ladder, ...wanted.ladder])].sort((a, b) => a - b),
});

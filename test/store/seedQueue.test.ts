import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { stepsOf } from '../../src/config/stages';
import type { BackgroundPace, FromBackground, ToBackground } from '../../src/protocol/background';
import { SeedQueue } from '../../src/store/seedQueue';
import { type SeedRun, seedOfRun } from '../../src/store/seedRun';
import type { SeedsState } from '../../src/store/seedsState';
import type { WorkerLike } from '../../src/store/workerClient';
import { sampleDone, samplePoint, sampleWaiting } from './sampleSeedRun';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Job = Extract<ToBackground, { kind: 'train' }>['job'];

/** A worker that trains where the test says so. */
class FakeWorker implements WorkerLike {
  ended = false;
  job: Job | null = null;
  paces: BackgroundPace[] = [];
  private hear: ((event: MessageEvent) => void)[] = [];
  private fail: ((event: ErrorEvent) => void)[] = [];

  postMessage(message: unknown) {
    const asked = message as ToBackground;
    if (asked.kind === 'pace') this.paces.push(asked.pace);
    else this.job = asked.job;
  }
  addEventListener(type: string, listener: (event: never) => void) {
    if (type === 'message') this.hear.push(listener as (event: MessageEvent) => void);
    else this.fail.push(listener as (event: ErrorEvent) => void);
  }
  terminate() {
    this.ended = true;
  }
  say(message: FromBackground) {
    for (const hear of this.hear) hear({ data: message } as MessageEvent);
  }
  die() {
    const event = { preventDefault: () => {} } as ErrorEvent;
    for (const fail of this.fail) fail(event);
  }
  /** Trains the job to its end. */
  finish(kl = 1) {
    const { id, experiment, ladder } = this.job!;
    const arms = Object.fromEntries(experiment.arms.map((arm) => [arm.id, kl]));
    for (const step of [0, stepsOf(experiment)]) {
      const { words: maskedWords, ...point } = samplePoint(experiment, step, arms);
      this.say({ kind: 'evaluated', id, point: { ...point, maskedWords } });
    }
    const looked = experiment.arms.map((arm): [string, number[]] => [arm.id, ladder.map(() => kl)]);
    const seen = ladder.length > 0 ? Object.fromEntries(looked) : null;
    this.say({ kind: 'done', id, backend: 'wasm', fingerprint: 'a b c d', seen });
  }
}

/** A page with a disk; another page can be opened on the same disk. */
class World {
  disk = new Map<string, SeedRun>();
  full = false;
  workers: FakeWorker[] = [];
  pace: BackgroundPace = 'full';
  /** Lists of what is kept come once this does: what happens until then, they don't know of. */
  listed: Promise<unknown> = Promise.resolve();
  private readonly pages: (() => void)[] = [];
  private holder: Promise<unknown> = Promise.resolve();
  private held = 0;

  page() {
    let state: SeedsState = {
      runs: [],
      isRead: false,
      now: null,
      resting: false,
      beside: false,
      elsewhere: false,
      problem: null,
    };
    const own = { paceChanged: () => {}, hear: () => {} };
    const mine = () => own.hear();
    this.pages.push(mine);
    const queue = new SeedQueue({
      get: () => state,
      set: (changes) => {
        state = { ...state, ...changes };
      },
      spawn: () => {
        const worker = new FakeWorker();
        this.workers.push(worker);
        return worker;
      },
      storage: {
        list: async () => {
          const found = [...this.disk.values()].sort((a, b) => a.askedAt - b.askedAt);
          await this.listed;
          return found;
        },
        save: async (runs) => {
          if (this.full) throw new ProblemError('storageFull');
          for (const run of runs) this.disk.set(run.id, structuredClone(run));
        },
        remove: async (ids) => {
          for (const id of ids) this.disk.delete(id);
        },
        clear: async () => {
          if (this.full) throw new ProblemError('storageSilent');
          this.disk.clear();
        },
      },
      pace: () => this.pace,
      onPace: (changed) => {
        own.paceChanged = changed;
      },
      backend: () => 'wasm',
      baseUrl: () => 'http://localhost/',
      alone: async (onWait) => {
        const before = this.holder;
        if (this.held > 0) onWait();
        let release = () => {};
        this.held += 1;
        this.holder = new Promise<void>((resolve) => {
          release = () => {
            this.held -= 1;
            resolve();
          };
        });
        await before;
        return release;
      },
      announce: () => {
        for (const page of this.pages.filter((other) => other !== mine)) page();
      },
      onAnnounced: (changed) => {
        own.hear = changed;
      },
      now: () => 5000,
    });
    return {
      queue,
      get state() {
        return state;
      },
      setPace: (pace: BackgroundPace) => {
        this.pace = pace;
        own.paceChanged();
      },
      states: () => state.runs.map((run) => [seedOfRun(run), run.state]),
    };
  }
  /** Their locks are let go, and their workers end. */
  closePages() {
    this.held = 0;
    this.holder = Promise.resolve();
    this.pages.length = 0;
  }
  get worker() {
    return this.workers[this.workers.length - 1];
  }
}

const settled = () => vi.advanceTimersByTimeAsync(0);

async function asked(seeds: number[]) {
  const world = new World();
  const page = world.page();
  await page.queue.ask(seeds.map((seed) => sampleWaiting(seed)));
  await settled();
  return { world, page };
}

describe('the queue', () => {
  it('trains one run after the other in one worker, keeps each as it is done, and ends the worker', async () => {
    const { world, page } = await asked([1, 2, 3]);
    for (const seed of [1, 2, 3]) {
      expect(world.worker.job?.experiment.training.seed).toBe(seed);
      expect(page.state.now).toMatchObject({ step: 0 });
      world.worker.say({ kind: 'reached', id: world.worker.job!.id, step: 120 });
      expect(page.state.now?.step).toBe(120);
      world.worker.finish(seed);
      await settled();
      expect([...world.disk.values()].filter(({ state }) => state === 'done')).toHaveLength(seed);
    }
    expect(world.workers).toHaveLength(1);
    expect(world.worker.ended).toBe(true);
    expect(page.state.now).toBeNull();
    const [first] = page.state.runs;
    expect(first.points.map(({ step, extent }) => [step, extent])).toEqual([
      [0, 'sample'],
      [500, 'full'],
    ]);
    expect(first.points[1].arms.twin.klToTeacher).toBe(1);
  });

  it('asks for nothing twice: neither what is done nor what waits', async () => {
    const { world, page } = await asked([1, 2]);
    await page.queue.ask([sampleWaiting(1), sampleWaiting(2), sampleWaiting(2)]);
    expect(page.states()).toEqual([
      [1, 'waiting'],
      [2, 'waiting'],
    ]);
    world.worker.finish();
    await settled();
    await page.queue.ask([sampleWaiting(1)]);
    expect(page.states()[0]).toEqual([1, 'done']);
  });

  it('rests while the run on screen needs the machine, and tells so', async () => {
    const { world, page } = await asked([1]);
    page.setPace('rest');
    expect(page.state.resting).toBe(true);
    page.setPace('beside');
    expect(page.state.resting).toBe(false);
    expect(world.worker.paces.slice(-2)).toEqual(['rest', 'beside']);
    world.worker.finish();
    await settled();
    page.setPace('rest');
    expect(page.state.resting).toBe(false);
  });

  it('goes on after a reload: what is done stays, what was broken off begins again', async () => {
    const { world } = await asked([1, 2]);
    world.worker.finish(4);
    await settled();
    world.worker.say({ kind: 'reached', id: world.worker.job!.id, step: 300 });
    const before = world.worker;
    world.closePages();
    const again = world.page();
    await again.queue.read();
    await settled();
    expect(world.worker).not.toBe(before);
    expect(world.worker.job?.experiment.training.seed).toBe(2);
    expect(again.state.runs[0].points.at(-1)?.arms.twin.klToTeacher).toBe(4);
    world.worker.finish();
    await settled();
    expect(again.states()).toEqual([
      [1, 'done'],
      [2, 'done'],
    ]);
  });

  it('starts a worker that died once more, then says so and waits for a word', async () => {
    const { world, page } = await asked([1, 2]);
    world.worker.die();
    await settled();
    expect(world.workers).toHaveLength(2);
    expect(page.state.problem).toBeNull();
    expect(world.worker.job?.experiment.training.seed).toBe(1);
    world.worker.die();
    await settled();
    expect(world.workers).toHaveLength(2);
    expect(page.state.problem?.code).toBe('backgroundDied');
    expect(page.states().map(([, state]) => state)).toEqual(['waiting', 'waiting']);
    await page.queue.goOn();
    await settled();
    expect(page.state.problem).toBeNull();
    world.worker.finish();
    await settled();
    expect(page.states()[0]).toEqual([1, 'done']);
  });

  it('takes a worker that falls silent for one that died, unless it said that it would be', async () => {
    const { world } = await asked([1]);
    world.worker.say({ kind: 'busy', milliseconds: 60_000 });
    await vi.advanceTimersByTimeAsync(50_000);
    expect(world.workers).toHaveLength(1);
    world.worker.say({ kind: 'beat' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(world.workers).toHaveLength(2);
  });

  it('keeps what is done where the disk gets full, begins nothing more, and tries again when told to', async () => {
    const { world, page } = await asked([1, 2, 3]);
    world.worker.finish();
    await settled();
    world.full = true;
    world.worker.finish(7);
    await settled();
    expect(page.state.problem?.code).toBe('seedRunNotKept');
    // It is shown, and the one before it is kept.
    expect(page.states().map(([, state]) => state)).toEqual(['done', 'done', 'waiting']);
    expect([...world.disk.values()].map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
    expect(page.state.now).toBeNull();
    await page.queue.goOn();
    await settled();
    expect(page.state.problem?.code).toBe('seedRunNotKept');
    world.full = false;
    await page.queue.goOn();
    await settled();
    expect([...world.disk.values()].map(({ state }) => state)).toEqual(['done', 'done', 'waiting']);
    world.worker.finish();
    await settled();
    expect(page.states().map(([, state]) => state)).toEqual(['done', 'done', 'done']);
  });

  it('goes on with the others where one fails, in another worker, and tries that one again when asked', async () => {
    const { world, page } = await asked([1, 2]);
    const problem = { code: 'lossNotFinite', values: { step: 3, arm: 'twin', term: 'mlm' } } as const;
    world.worker.say({ kind: 'failed', id: world.worker.job!.id, problem });
    await settled();
    expect(world.workers).toHaveLength(2);
    world.worker.finish();
    await settled();
    expect(page.states()).toEqual([
      [1, 'failed'],
      [2, 'done'],
    ]);
    expect(page.state.runs[0].problem).toEqual(problem);
    await page.queue.ask([sampleWaiting(1)]);
    await settled();
    expect(page.states()[0]).toEqual([1, 'waiting']);
  });

  it('ends the run that is taken out while it trains, and goes on with the next', async () => {
    const { world, page } = await asked([1, 2]);
    const first = world.worker;
    await page.queue.remove([page.state.runs[0].id]);
    await settled();
    expect(first.ended).toBe(true);
    expect(world.worker.job?.experiment.training.seed).toBe(2);
    // A word of the one that was ended is of nobody.
    first.finish();
    await settled();
    expect(page.states()).toEqual([[2, 'waiting']]);
    expect([...world.disk.keys()]).toHaveLength(1);
  });

  it('says where what is deleted altogether can’t be', async () => {
    const { world, page } = await asked([1]);
    world.full = true;
    await expect(page.queue.clear()).rejects.toMatchObject({ problem: { code: 'storageSilent' } });
    expect(page.states()).toEqual([[1, 'waiting']]);
  });

  it('takes the run on screen for its seed, also where that trains just then', async () => {
    const { world, page } = await asked([1, 2]);
    await page.queue.add(sampleDone(1, { distilled: 3, twin: 4 }));
    await settled();
    expect(page.states()).toEqual([
      [1, 'done'],
      [2, 'waiting'],
    ]);
    expect(world.worker.job?.experiment.training.seed).toBe(2);
    // One that is done already stays what it is.
    await page.queue.add(sampleDone(1, { distilled: 9, twin: 9 }));
    expect(page.state.runs[0].points.at(-1)?.arms.distilled.klToTeacher).toBe(3);
  });

  it('trains seeds again whose teacher is no more, and takes them from the screen', async () => {
    const world = new World();
    const page = world.page();
    const of = (seed: number, fingerprint: string, savedAt: number) => ({
      ...sampleDone(seed, { distilled: 3, twin: 4 }),
      fingerprint,
      savedAt,
    });
    const [old, now] = ['words another shape parameters', 'words teacher shape parameters'];
    for (const seed of [1, 2]) await page.queue.add(of(seed, old, seed));
    await page.queue.add(of(3, now, 9));
    await page.queue.ask([1, 2, 3].map((seed) => sampleWaiting(seed)));
    expect(page.states()).toEqual([
      [1, 'waiting'],
      [2, 'waiting'],
      [3, 'done'],
    ]);
    await page.queue.add(of(3, old, 10));
    expect(page.state.runs[2].fingerprint).toBe(old);
  });

  it('trains a run again that is done but was not looked at as a sweep wants it', async () => {
    const world = new World();
    const page = world.page();
    await page.queue.add(sampleDone(1, { distilled: 3, twin: 4 }));
    await page.queue.ask([sampleWaiting(1, undefined, { askedFor: 'sweep', ladder: [1, 2] })]);
    await settled();
    expect(world.worker.job?.ladder).toEqual([1, 2]);
    world.worker.finish(2);
    await settled();
    expect(page.state.runs[0].seen).toEqual({ distilled: [2, 2], twin: [2, 2] });
    await page.queue.ask([sampleWaiting(1, undefined, { askedFor: 'sweep', ladder: [2] })]);
    expect(page.states()).toEqual([[1, 'done']]);
  });
});

describe('two pages', () => {
  /** Another page asks for seeds; that one then waits, since the first is at them. */
  async function twoPages(seeds: number[]) {
    const { world, page } = await asked(seeds);
    const other = world.page();
    await other.queue.read();
    await settled();
    return { world, page, other };
  }

  it('train what both ask for in one of them, and both show what it comes to', async () => {
    const { world, page, other } = await twoPages([1]);
    await other.queue.ask([sampleWaiting(2)]);
    await settled();
    expect(world.workers).toHaveLength(1);
    expect(other.state.elsewhere).toBe(true);
    world.worker.finish();
    await settled();
    expect(world.worker.job?.experiment.training.seed).toBe(2);
    world.worker.finish();
    await settled();
    const all = [
      [1, 'done'],
      [2, 'done'],
    ];
    expect([page.states(), other.states()]).toEqual([all, all]);
    expect(other.state.elsewhere).toBe(false);
    expect(world.workers).toHaveLength(1);
  });

  it('end a run that the other one takes out: it never comes back', async () => {
    const { world, page, other } = await twoPages([1, 2]);
    const first = world.worker;
    await other.queue.remove([sampleWaiting(1).id]);
    await settled();
    expect(first.ended).toBe(true);
    expect(world.worker.job?.experiment.training.seed).toBe(2);
    expect([page.states(), other.states()]).toEqual([[[2, 'waiting']], [[2, 'waiting']]]);
    expect([...world.disk.keys()]).toHaveLength(1);
  });

  it('end what trains where the other one deletes everything, even what that has not read', async () => {
    const { world, page } = await asked([1, 2]);
    const unread = world.page();
    await unread.queue.clear();
    await settled();
    expect(world.workers.map(({ ended }) => ended)).toEqual([true]);
    expect([page.states(), unread.states(), world.disk.size]).toEqual([[], [], 0]);
  });

  it('train no more what ended on the other one’s screen', async () => {
    const { world, page, other } = await twoPages([1, 2]);
    await other.queue.add(sampleDone(1, { distilled: 3, twin: 4 }));
    await settled();
    expect(world.worker.job?.experiment.training.seed).toBe(2);
    expect(page.states()).toEqual([
      [1, 'done'],
      [2, 'waiting'],
    ]);
  });

  it('begin a run again of which more is wanted than when it began, wherever that is asked', async () => {
    const { world, page, other } = await twoPages([1]);
    const more = (ladder: number[]) => [sampleWaiting(1, undefined, { askedFor: 'sweep', ladder })];
    await other.queue.ask(more([1, 2]));
    await settled();
    expect(world.worker.job?.ladder).toEqual([1, 2]);
    const { worker } = world;
    await page.queue.ask(more([2]));
    await settled();
    expect(world.worker).toBe(worker);
    await page.queue.ask(more([2, 4]));
    await settled();
    expect(world.worker.job?.ladder).toEqual([1, 2, 4]);
    world.worker.finish(2);
    await settled();
    expect(other.state.runs[0].seen).toEqual({ distilled: [2, 2, 2], twin: [2, 2, 2] });
  });
});

it('what could not be kept is not taken for what still lies on the disk', async () => {
  const { world, page } = await asked([1, 2]);
  const other = world.page();
  await other.queue.read();
  world.full = true;
  world.worker.finish(7);
  await settled();
  world.full = false;
  await other.queue.ask([sampleWaiting(3)]);
  await settled();
  expect(page.states()).toEqual([
    [1, 'done'],
    [2, 'waiting'],
    [3, 'waiting'],
  ]);
  await page.queue.goOn();
  await settled();
  expect([...world.disk.values()].map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
});

describe('a list of what is kept that is overtaken', () => {
  /** The page reads again, and has not yet heard what there is. */
  async function reading(seeds: number[]) {
    const { world, page } = await asked(seeds);
    const other = world.page();
    await other.queue.read();
    await settled();
    let answer = () => {};
    world.listed = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await other.queue.ask([sampleWaiting(9)]);
    const answered = async () => {
      answer();
      world.listed = Promise.resolve();
      await settled();
    };
    return { world, page, answered };
  }

  it('by a wish: what is asked for meanwhile is trained', async () => {
    const { world, page, answered } = await reading([1]);
    await page.queue.ask([sampleWaiting(2)]);
    await answered();
    expect(page.states()).toEqual(expect.arrayContaining([[2, 'waiting']]));
    for (let i = 0; i < 3; i++) {
      world.worker.finish();
      await settled();
    }
    expect([...world.disk.values()].map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('by an end: what is done meanwhile is not trained again', async () => {
    const { world, page, answered } = await reading([1, 2]);
    world.worker.finish();
    await answered();
    expect(page.states()).toEqual(expect.arrayContaining([[1, 'done']]));
    expect(world.worker.job?.experiment.training.seed).toBe(2);
  });

  it('by a deletion: what is taken out meanwhile stays out', async () => {
    const { page, answered } = await reading([1, 2]);
    await page.queue.remove([sampleWaiting(2).id]);
    await answered();
    expect(page.states()).not.toEqual(expect.arrayContaining([[2, 'waiting']]));
  });
});

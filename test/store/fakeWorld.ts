/**
 * A page and its workers without a browser: the real state machine, the real session and run, on a trainer that computes
 * nothing, a disk in memory, and time that stands still unless a test moves it. Faults come when the test says so.
 */
import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../../src/config/experiment';
import { ProblemError } from '../../src/config/problems';
import type { Reached } from '../../src/config/results';
import { bundledTeachers } from '../../src/config/teachers';
import { decodeExperiment } from '../../src/config/urlCodec';
import { serve } from '../../src/protocol/port';
import { addressSaying } from '../../src/store/address';
import type { MachineParts, Playground } from '../../src/store/machineParts';
import { playgroundOn } from '../../src/store/playgroundOn';
import type { EndedRun } from '../../src/store/taskResult';
import { startWorker, type WorkerLike } from '../../src/store/workerClient';
import { OwnRowsFiles } from '../../src/worker/ownRows';
import { OwnVectors } from '../../src/worker/ownVectors';
import type { Recorder } from '../../src/worker/recorder';
import type { RunCourse } from '../../src/worker/runCourse';
import { Session } from '../../src/worker/session';
import type { Sources } from '../../src/worker/sources';
import { Disk, never, pause } from './fakeDisk';
import { FakeTrainer } from './fakeTrainer';

const special = { pad: 0, unk: 1, cls: 2, sep: 3, mask: 4 };
const words = (text: string) => text.split(' ').map((word) => (word.includes('[MASK]') ? special.mask : 5));
const tokenizer = {
  vocabulary: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'word'],
  special,
  encode: words,
  tokens: (text: string) => words(text).map((id) => ({ token: String(id), id, continues: false })),
  spell: () => ({ ids: [], characters: 0, lost: 0 }),

  unknownWords: () => [],
};

const teacherOf = ({ teacher }: Experiment) =>
  ({ shape: bundledTeachers[teacher.kind === 'bundled' ? teacher.id : 'stories-4x32'] }) as NonNullable<
    Sources['words']
  >;

const sourcesOf = (experiment: Experiment, examples: string[]): Sources => ({
  words: teacherOf(experiment),
  teacher: teacherOf(experiment),
  others: [],
  tokenizerJson: {},
  tokenizer,
  batches: {} as Sources['batches'],
  whole: {} as Sources['whole'],
  task: null,
  facts: { texts: 1, trainSequences: 1, trainTokens: 21, heldOutSequences: 1, words: 1, unknownShare: 0 },
  examples,
  fingerprint: 'same',
});

type Listener = (event: MessageEvent & ErrorEvent) => void;

export class FakeWorker implements WorkerLike {
  trainer: FakeTrainer | null = null;
  readonly session: Session;
  private alive = true;
  private hung = false;
  private lost = false;
  private onLost: (() => void) | null = null;
  private readonly pageHears: Record<string, Listener[]> = { message: [], error: [] };
  private workerHears: ((event: MessageEvent) => void) | null = null;
  private beats: ReturnType<typeof setInterval> | undefined;
  private readonly released: (() => void)[] = [];
  diverging = false;

  constructor(world: World) {
    const isGone = () => !this.alive || this.hung;
    const endpoint = {
      postMessage: (data: unknown) => void this.toPage(structuredClone(data)),
      addEventListener: (_: string, listener: (event: MessageEvent) => void) => {
        this.workerHears = listener;
      },
    };
    let session: Session | null = null;
    serve(endpoint, (emit) => {
      session = new Session(emit, {
        startBackend: async ({ onLost }) => {
          await pause(30);
          if (isGone()) await never;
          this.lost = false;
          this.onLost = () => onLost('test');
          const report = {
            name: 'wasm',
            reason: 'forced',
            adapter: null,
            software: false,
            threads: 1,
          } as const;
          return { report, tuning: null, provisional: false, release: () => {} };
        },
        rows: new OwnRowsFiles(emit),
        vectors: new OwnVectors(emit, async () => []),
        loader: {
          rememberText: () => {},
          endTuning: () => {},
          endRun: () => {},
          load: async (experiment, stage, { accept, heed }) => {
            accept?.({ shape: teacherOf(experiment).shape, fingerprint: world.fingerprint });
            await pause(world.loading);
            if (isGone()) await never;
            // A teacher that is tuned before a stage.
            for (let done = 1; stage > 0 && done <= 5; done++) {
              await pause(world.pace);
              if (isGone()) await never;
              emit('opening', { stage: 'tuning', loaded: done, total: 5, loss: 1 });
              await heed?.({ what: 'tuning', done, of: 5, loss: 1 });
            }
            if (world.unreachable) throw new ProblemError('downloadUnreachable', { file: 'a.txt' });
            return { ...sourcesOf(experiment, world.examples), fingerprint: world.fingerprint };
          },
        },
        makeTrainer: (stage, _, before) => {
          this.trainer = new FakeTrainer(
            stage,
            {
              isGone,
              isLost: () => this.lost,
              pace: () => world.pace,
              diverges: () => this.diverging,
            },
            before,
          );
          return this.trainer;
        },
        expectedStep: () => 10,
        runs: world.disk.seenBy(isGone),
        saveTeacher: async () => {},
        now: () => Date.now(),
        newBirth: () => `run ${world.births++}`,
      });
      this.beats = setInterval(() => !isGone() && emit('beat', { busyFor: null, lock: null }), 500);
      emit('beat', { busyFor: null, lock: `lock ${world.workers.length}` });
      return session.handlers;
    });
    this.session = session!;
  }

  /** The stages of the run that is open. */
  get course(): RunCourse | null {
    const open = Reflect.get(this.session, 'open') as { run: { course: RunCourse } } | null;
    return open?.run.course ?? null;
  }

  /** What is recorded of it. */
  get recorder(): Recorder | null {
    const open = Reflect.get(this.session, 'open') as { run: { training: { recorder: Recorder } } } | null;
    return open?.run.training.recorder ?? null;
  }

  postMessage(message: unknown) {
    const data = structuredClone(message);
    setTimeout(() => {
      if (this.alive && !this.hung) this.workerHears?.({ data } as MessageEvent);
    }, 1);
  }

  addEventListener(type: string, listener: unknown) {
    this.pageHears[type].push(listener as Listener);
  }

  terminate() {
    this.alive = false;
    clearInterval(this.beats);
  }

  /** An error that nobody caught. */
  crash() {
    if (!this.alive) return;
    this.alive = false;
    for (const hear of this.pageHears.error) hear({ message: 'crashed', preventDefault: () => {} } as never);
  }

  /** Ended by the browser, without a word. */
  vanish() {
    this.alive = false;
    for (const release of this.released) setTimeout(release, 1);
  }

  /** A loop without an end. */
  hang() {
    this.hung = true;
  }

  loseDevice() {
    if (!this.alive || this.hung || !this.onLost) return;
    this.lost = true;
    const tell = this.onLost;
    this.onLost = null;
    setTimeout(tell, 20);
  }

  whenReleased(then: () => void) {
    this.released.push(then);
  }

  private toPage(data: unknown) {
    setTimeout(() => {
      if (!this.alive || this.hung) return;
      for (const hear of this.pageHears.message) hear({ data } as never);
    }, 1);
  }
}

const gone: WorkerLike = { postMessage: () => {}, addEventListener: () => {}, terminate: () => {} };

export class World {
  readonly disk = new Disk();
  /** Of runs that ended on a task. */
  readonly results: EndedRun[] = [];
  readonly localNotes = new Map<string, Reached>();
  workers: FakeWorker[] = [];
  pace = 20;
  loading = 40;
  unreachable = false;
  search = '?preset=tiny';
  births = 0;
  /** Sentences that the text itself gives. */
  examples: string[] = [];
  /** What tells the teacher from others. */
  fingerprint = 'same';
  /** The name of the tab. */
  tab = 'tab';
  private leave: () => void = () => {};
  private page = { alive: true };
  store = this.newPage();

  get worker(): FakeWorker {
    return this.workers[this.workers.length - 1];
  }

  get state(): Playground {
    return this.store.getState();
  }

  /** The page goes, with a last word, and comes back. */
  reload({ crashed = false } = {}) {
    if (!crashed) this.leave();
    for (const worker of this.workers) worker.terminate();
    this.store = this.newPage(true);
  }

  private newPage(reloaded = false) {
    // A page that is gone starts no more workers.
    this.page.alive = false;
    const page = { alive: true };
    this.page = page;
    const parts: MachineParts = {
      reloaded,
      startWorker: (handlers, onDeath) =>
        startWorker(
          {
            spawn: () => {
              if (!page.alive) return gone;
              const worker = new FakeWorker(this);
              this.workers.push(worker);
              return worker;
            },
            whenReleased: (_, signal, then) => this.worker.whenReleased(() => !signal.aborted && then()),
          },
          handlers,
          onDeath,
        ),
      tab: async () => ({ name: this.tab, duplicateOf: null }),
      firstPreset: async () => 'tiny',
      place: {
        href: () => `http://localhost/${this.search}`,
        show: (address) => {
          this.search = address.search;
        },
        baseUrl: () => 'http://localhost/',
      },
      notes: {
        read: () => structuredClone(Object.fromEntries(this.localNotes)),
        write: (tab, reached) => page.alive && this.localNotes.set(tab, structuredClone(reached)),
        forget: (tab) => this.localNotes.delete(tab),
      },
      onLeave: (leave) => {
        this.leave = leave;
      },
      askToPersist: () => {},
      keepResult: (run) => this.results.push(run),
      download: () => {},
      listTexts: async () => [],
      listRows: async () => [],
      listVectors: async () => [],
      listTeachers: async () => [],
    };
    const store = createStore(playgroundOn(parts));
    const params = new URLSearchParams(this.search);
    store.getState().actions.begin(addressSaying(params, decodeExperiment(params)));
    return store;
  }
}

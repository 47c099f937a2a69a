/** One page's session: answers its commands, owns the run that is open, and brings it back after a fault. */
import { checkExperiment } from '../config/check';
import { withSettings } from '../config/compare';
import { originOf } from '../config/forks';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import { recordingBytes } from '../config/recording';
import type { NumberSetting } from '../config/results';
import { withoutWord } from '../data/withheld';
import { bytesOfRunFile, parseRun, serialiseRun } from '../interop/runFile';
import { serialiseTeacher } from '../interop/teacherBundle';
import type { CommandPayload, Opened, OpenRequest } from '../protocol/messages';
import type { CommandHandlers, Emit } from '../protocol/port';
import type { StartedBackend } from '../train/backends/choose';
import { applyTuning } from '../train/backends/tuning';
import { findBeginning } from './beginning';
import { LongCalls } from './longCalls';
import { savableModels, saveModel } from './modelSaving';
import { type Lent, type OpenedRun, Opener, tuningOf } from './opener';
import type { RowsContext } from './ownRows';
import { Questions } from './questions';
import type { Run } from './run';
import type { Forced, SessionParts } from './sessionParts';
import { TaskViews } from './taskViews';
import { TextImports } from './textImport';

/** A run's file is read, or written, in so many milliseconds and at this rate. */
const fileMs = 500;
const bytesPerMs = 20_000;

export class Session {
  private readonly opener: Opener;
  private readonly longCalls: LongCalls;
  private readonly imports: TextImports;
  private readonly questions: Questions;
  private readonly taskViews: TaskViews;
  private backend: (StartedBackend & { forced: Forced }) | null = null;
  private request: OpenRequest | null = null;
  private open: OpenedRun | null = null;
  /** A run that is being opened, and computes already. */
  private begun: Run | null = null;
  /** An error that the device reported while a run opened: a teacher that was tuned meanwhile can't be trusted. */
  private openingFault: Problem | null = null;
  /** True from the loss of the device until there is another. */
  private lost = false;
  /** Whether the run plays on once there is. */
  private playsOn = false;
  /** Openings and recoveries wait for each other, so that no run is left behind by one that overtakes it. */
  private queue: Promise<unknown> = Promise.resolve();
  /** Ends the opening that goes on. */
  private opening = new AbortController();

  constructor(
    private readonly emit: Emit,
    private readonly parts: SessionParts,
  ) {
    this.opener = new Opener(parts, emit);
    this.imports = new TextImports(emit, (text) => parts.loader.rememberText(text));
    this.questions = new Questions(emit);
    this.taskViews = new TaskViews(this.questions);
    this.longCalls = new LongCalls((busyFor) => emit('beat', { busyFor, lock: null }));
  }

  readonly handlers: CommandHandlers = {
    open: (request) => this.openNext(request, (lent) => this.opener.open(request, lent)),
    openRunFile: async ({ file, ...request }) => {
      const bytes = await bytesOfRunFile(file);
      const guess = fileMs + bytes.length / bytesPerMs;
      const saved = this.longCalls.do(`file of ${bytes.length}`, guess, () => parseRun(bytes));
      return this.openNext(request, (lent) => this.opener.openFile(request, saved, lent));
    },
    keepsStage: async (request) => (await findBeginning(request, this.open, this.parts.runs)) !== null,
    play: async () => {
      const { run } = this.present;
      if (!this.lost) return run.play();
      this.playsOn = true;
      return run.status;
    },
    pause: async () => {
      const { run } = this.present;
      this.playsOn = false;
      return this.lost ? run.status : run.pause();
    },
    step: async () => this.working.stepOnce(),
    setSpeed: async ({ stepsPerSecond }) => {
      this.present.run.speed = stepsPerSecond;
      return null;
    },
    adjust: async (settings) => {
      this.adjust(settings);
      return null;
    },
    probe: async ({ sentence }) => this.working.changeSentence(sentence),
    evaluate: async () => this.working.evaluateAll(),
    measureLatency: async () => this.working.ask((course, pause) => course.measureLatency(pause)),
    measureCurves: async () =>
      this.questions.ask(this.working, (course, pause) => course.measureCurves(pause)),
    calibrate: async () => this.questions.ask(this.working, (course, pause) => course.calibrate(pause)),
    guessHeldOut: async () => this.taskViews.guessHeldOut(this.working),
    findRows: async ({ text }) => this.taskViews.find(this.present.run, text),
    variantsOf: async ({ row }) => this.taskViews.variantsOf(this.working, row),
    judgeVariants: async () => this.taskViews.judge(this.working),
    stopGuessing: async () => {
      this.questions.stop();
      return null;
    },
    watchLayers: async ({ watched }) => {
      this.present.run.watchLayers(watched);
      return null;
    },
    keepLedger: async (setting) => {
      this.present.run.keepLedger(setting);
      return null;
    },
    tokenize: async ({ text }) => this.present.run.sources.tokenizer.tokens(text),
    tryWithholding: async ({ word }) => {
      const { whole, tokenizer } = this.present.run.sources;
      if (!whole) throw new ProblemError('notOpened');
      return tokenizer.vocabulary[withoutWord(whole, tokenizer, word).withheld!.id];
    },
    importText: (payload) => this.importText(payload),
    importRows: (payload) => this.parts.rows.open(payload, this.rowsContext),
    previewRows: (corrections) => this.parts.rows.look(corrections, this.rowsContext),
    acceptRows: () => this.parts.rows.take(),
    importVectors: (payload) => this.parts.vectors.open(payload),
    acceptVectors: async () => {
      await this.parts.vectors.take();
      return null;
    },
    dropVectors: async () => {
      await this.parts.vectors.drop();
      return null;
    },
    cancelImport: async () => {
      for (const imports of [this.imports, this.parts.rows, this.parts.vectors]) imports.cancel();
      return null;
    },
    saveAsTeacher: (payload) => this.saveAsTeacher(payload),
    savableModels: async () => savableModels(this.present.run),
    saveModel: (asked) => saveModel(() => this.working, asked, this.longCalls, this.parts.now()),
    keep: async () => {
      this.open?.run.keepNow();
      return null;
    },
    saveRunFile: async () => this.saveRunFile(),
    stopKeeping: async () => {
      const keeper = this.open?.run.training.keeper;
      keeper?.stop();
      await keeper?.settled();
      return null;
    },
  };

  private get present(): OpenedRun {
    if (!this.open) throw new ProblemError('notOpened');
    return this.open;
  }

  /** The run, where it has a device. */
  private get working(): Run {
    const { run } = this.present;
    if (this.lost) throw new ProblemError('deviceLost', { step: run.training.keeper.step });
    return run;
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task);
    this.queue = result.catch(() => {});
    return result;
  }

  /** Opens another run in place of the present one; an opening that still goes on is ended. */
  private openNext(request: OpenRequest, open: (lent: Lent) => Promise<OpenedRun>): Promise<Opened> {
    this.opening.abort();
    this.open?.run.abandon();
    const opening = new AbortController();
    this.opening = opening;
    return this.enqueue(async () => {
      if (opening.signal.aborted) throw new ProblemError('interrupted');
      this.openingFault = null;
      const before = this.open;
      const beginning = await findBeginning(request, before, this.parts.runs);
      this.open = null;
      this.playsOn = false;
      await before?.run.close(request.resume !== 'fresh');
      this.parts.loader.endRun();
      if (request.at !== null && !beginning) throw new ProblemError('forkNotKept', { step: request.at });
      if (request.from && !beginning) throw new ProblemError('stageNotKept');
      this.request = request;
      this.longCalls.forget();
      const next = await open({
        beginning,
        startBackend: (forced) => this.startBackend(forced, false),
        longCalls: this.longCalls,
        isLost: () => this.lost,
        fault: () => this.openingFault,
        onBegun: (run) => {
          this.begun = run;
        },
        signal: opening.signal,
      });
      this.open = next;
      this.begun = null;
      // The page hears first that it can play; the first figures follow.
      setTimeout(() => void next.run.lookAround());
      return next.opened;
    });
  }

  /** @throws ProblemError where the experiment couldn't run with these numbers: an arm without any loss, say */
  private adjust(settings: NumberSetting[]) {
    const { run } = this.present;
    const adjusted = withSettings(run.course.experiment, settings);
    const [problem] = checkExperiment(adjusted, run.sources.words?.shape ?? null);
    if (problem) throw new ProblemError(problem.code, problem.values);
    // A finished stage keeps the numbers that it was trained with.
    if (settings.some((setting) => run.training.isPast(setting))) throw new ProblemError('interrupted');
    run.adjust(settings);
  }

  private async startBackend(forced: Forced, afterLoss: boolean): Promise<StartedBackend> {
    const { backend } = this;
    if (backend?.forced === forced && !backend.provisional && !this.lost) return backend;
    this.emit('opening', { stage: 'backend', loaded: 0, total: 1 });
    backend?.release();
    this.backend = null;
    const started = await this.parts.startBackend({
      forced,
      ...(afterLoss ? { after: 'lostDevice' as const } : {}),
      onLost: () => {
        this.lost = true;
        this.playsOn ||= this.open?.run.isPlaying ?? false;
        void this.enqueue(() => this.recover());
      },
      onError: (problem) => {
        const run = this.open?.run ?? this.begun;
        if (run) run.blame(problem);
        else this.openingFault ??= problem;
      },
    });
    this.lost = false;
    this.backend = { ...started, forced };
    return this.backend;
  }

  /** After a lost device: a new backend, the last state of the arms, what was done since, and on. */
  private async recover() {
    const { open } = this;
    if (!open || !this.lost) return;
    const { run } = open;
    try {
      await run.pause();
      run.course.dispose();
      this.parts.loader.endTuning();
      const { report, tuning } = await this.startBackend(this.request!.backend, true);
      applyTuning(tuningOf(tuning, open.tuning));
      const { experiment, snapshot } = run.training.lastGood;
      const course = await this.opener.startCourse(experiment, this.request!, this.longCalls, {
        snapshot,
        known: run.course.read,
      });
      const { step } = run.training.reached;
      const code = report.reason === 'gpuLost' ? 'deviceGone' : 'deviceLost';
      const problem: Problem = { code, values: { step } };
      // Before the last steps are done again, which may take a while.
      this.emit('recovered', { problem, step, backend: report });
      await run.takeUp(course);
      if (this.playsOn && !this.lost) run.play();
      if (!this.lost) this.playsOn = false;
    } catch (error) {
      this.open = null;
      this.emit('failed', { problem: problemOf(error), restoredStep: null, fatal: true });
    }
  }

  private importText(payload: CommandPayload<'importText'>) {
    const run = this.open?.run;
    const context = run && {
      tokenizer: run.sources.tokenizer,
      sequenceLength: run.course.present.training.sequenceLength,
    };
    return this.imports.import(payload, context ?? null);
  }

  /** What rows are looked at for: the model that is open. */
  private get rowsContext(): RowsContext | null {
    const run = this.open?.run;
    if (!run) return null;
    const { tokenizer, words } = run.sources;
    const positions = words?.shape.maxPositions ?? run.course.present.training.sequenceLength;
    return { tokenizer, positions };
  }

  private async saveAsTeacher({ arm, name: wanted }: CommandPayload<'saveAsTeacher'>) {
    const run = this.working;
    const { snapshot } = await run.keptNow();
    const shape = run.course.shapeOf(arm);
    const origin = originOf(run.course.experiment.arms, arm, (id) => Object.hasOwn(snapshot.arms, id));
    const state = origin === undefined ? undefined : snapshot.arms[origin];
    if (!shape || !state) throw new ProblemError('armMissing', { arm });
    const created = this.parts.now();
    const id = `${arm}-${snapshot.step}-${created.toString(36)}`.slice(0, 40);
    const name = wanted.slice(0, 80);
    const files = serialiseTeacher({
      shape,
      tokenizer: run.sources.tokenizerJson,
      parameters: state.parameters,
    });
    await this.parts.saveTeacher(id, { name, created, shape, ...files });
    return { id, name, shape };
  }

  private async saveRunFile() {
    const { run, tuning } = this.present;
    const { snapshot, ...kept } = await this.working.keptNow();
    const { arms, step } = snapshot;
    const record = {
      ...kept,
      id: this.request!.tab,
      step,
      savedAt: this.parts.now(),
      birth: run.training.reached.birth,
      fingerprint: run.sources.fingerprint,
      tuning,
    };
    const { recording } = run.training.recorder;
    // Parameters and two moments of four bytes.
    const bytes = Object.keys(arms).reduce(
      (sum, id) => sum + 12 * run.course.sizes()[id].parameters,
      recordingBytes(recording),
    );
    const write = () => serialiseRun({ record, arms, reached: null, recording });
    const file = this.longCalls.do(`a file of ${bytes}`, fileMs + bytes / bytesPerMs, write);
    return { file, step };
  }
}

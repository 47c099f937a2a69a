/** One page's session: answers its commands, owns the run that is open, and brings it back after a fault. */
import { checkExperiment } from '../config/check';
import { difference, withAdjustment } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { defaultSentence } from '../config/presets';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { Adjustment, BackendReport } from '../config/results';
import { serialiseTeacher } from '../interop/teacherBundle';
import { emptyHistory } from '../protocol/history';
import type { CommandPayload, Opened, OpenRequest } from '../protocol/messages';
import type { CommandHandlers, Emit } from '../protocol/port';
import type { SavedRun } from '../storage/database';
import { clearRun, loadNewestRun, loadRun, saveRun } from '../storage/runs';
import { saveTeacher } from '../storage/teachers';
import { loadTuning, saveTuning } from '../storage/tunings';
import { type StartedBackend, startBackend } from '../train/backends/choose';
import { applyTuning, readTuning, type Tuning } from '../train/backends/tuning';
import type { Snapshot } from '../train/snapshot';
import { Trainer } from '../train/trainer';
import { Run } from './run';
import { SourceLoader, type Sources } from './sources';
import { TextImports } from './textImport';

/** Problems that have nothing to do with a saved run: it stays for the next try. */
const passing = ['downloadFailed', 'downloadUnreachable', 'backendUnavailable', 'outOfMemory'];

export class Session {
  private readonly loader: SourceLoader;
  private readonly imports: TextImports;
  private backend: (StartedBackend & { forced: OpenRequest['backend'] }) | null = null;
  private request: OpenRequest | null = null;
  private run: Run | null = null;
  /** The forms of products that the run began with; null where its device has no choice. */
  private tuning: Tuning | null = null;
  /** True from the loss of the device until there is another. */
  private lost = false;
  /** Openings and recoveries wait for each other, so that no run is left behind by one that overtakes it. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly emit: Emit,
    private readonly wasmPaths: Record<string, string>,
  ) {
    this.loader = new SourceLoader(emit);
    this.imports = new TextImports(emit, (text) => this.loader.rememberText(text));
  }

  readonly handlers: CommandHandlers = {
    open: async (request) => this.enqueue(() => this.open(request, true)),
    play: async () => this.opened.play(),
    pause: async () => this.opened.pause(),
    step: async () => this.opened.stepOnce(),
    reset: async () => {
      // What is open goes on with its numbers as they were set since.
      const { trainer, sentence } = this.opened;
      const request: OpenRequest = {
        ...this.request!,
        experiment: trainer.experiment,
        sentence,
        resume: 'none',
      };
      return this.enqueue(() => this.open(request, false));
    },
    setSpeed: async ({ stepsPerSecond }) => {
      this.opened.speed = stepsPerSecond;
      return null;
    },
    adjust: async (adjustment) => {
      this.adjust(adjustment);
      return null;
    },
    probe: async ({ sentence }) => this.opened.changeSentence(sentence),
    evaluate: async () => this.opened.evaluateAll(),
    measureLatency: async () => this.opened.measureLatency(),
    tokenize: async ({ text }) => this.opened.sources.tokenizer.tokens(text),
    importText: (payload) => this.importText(payload),
    cancelImport: async () => {
      this.imports.cancel();
      return null;
    },
    saveAsTeacher: (payload) => this.saveAsTeacher(payload),
  };

  private get opened(): Run {
    if (!this.run) throw new ProblemError('notOpened');
    if (this.lost) throw new ProblemError('deviceLost', { step: this.run.snapshot?.step ?? 0 });
    return this.run;
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task);
    this.queue = result.catch(ignored);
    return result;
  }

  private async open(request: OpenRequest, keep: boolean): Promise<Opened> {
    const before = this.run;
    this.run = null;
    await before?.close(keep);
    this.request = request;
    if (!keep) await clearRun(request.tab).catch(ignored);
    const saved = await savedRun(request);
    if (saved) {
      try {
        return await this.openRun(request, saved, false);
      } catch (error) {
        if (passing.includes(problemOf(error).code)) throw error;
        await clearRun(request.tab).catch(ignored);
      }
    }
    return this.openRun(request, null, saved !== null);
  }

  private async openRun(request: OpenRequest, saved: SavedRun | null, dropped: boolean): Promise<Opened> {
    const experiment = saved && request.resume !== 'same' ? saved.experiment : request.experiment;
    const { report, tuning } = await this.startBackend(request.backend);
    const sources = await this.loader.load(experiment, request.baseUrl);
    const [problem] = checkExperiment(experiment, sources.teacher?.shape ?? null);
    if (problem) throw new ProblemError(problem.code, problem.values);
    if (saved && saved.fingerprint !== sources.fingerprint) throw new Error('The teacher has changed since');

    this.emit('opening', { stage: 'students', loaded: 0, total: experiment.arms.length });
    this.takeTuning(tuning, readTuning(saved?.tuning));
    const snapshot = saved && { step: saved.step, arms: saved.arms };
    const trainer = startTrainer(experiment, sources, snapshot);
    this.run = new Run({
      trainer,
      sources,
      emit: this.emit,
      history: saved?.history ?? emptyHistory(),
      sentence: request.sentence ?? saved?.sentence ?? sources.examples[0] ?? defaultSentence,
      snapshot,
      isLost: () => this.lost,
      save: ({ trainer, history, sentence }, { step, arms }) => {
        const { experiment } = trainer;
        const { fingerprint } = sources;
        return saveRun(request.tab, {
          experiment,
          savedAt: Date.now(),
          step,
          history,
          arms,
          sentence,
          fingerprint,
          tuning: this.tuning,
        });
      },
    });
    // The page hears first that it can play; the first figures follow.
    void this.run.lookAround();
    return this.describe(this.run, report, saved !== null, dropped);
  }

  /** A run goes on with the rounding that it began with, where this is still a device with a choice. */
  private takeTuning(ofDevice: Tuning | null, ofRun: Tuning | null) {
    this.tuning = (ofDevice && ofRun) ?? ofDevice;
    applyTuning(this.tuning);
  }

  private describe(run: Run, backend: BackendReport, resumed: boolean, dropped: boolean): Opened {
    const { trainer, sources, status, history, sentence } = run;
    const { teacher, ...arms } = trainer.sizes();
    return {
      backend,
      experiment: trainer.experiment,
      status,
      vocabulary: [...sources.tokenizer.vocabulary],
      examples: sources.examples,
      text: sources.facts,
      teacher: sources.teacher ? { ...teacher, shape: sources.teacher.shape } : null,
      arms,
      history,
      resumed,
      dropped,
      sentence,
    };
  }

  /** @throws ProblemError where the experiment couldn't run with these numbers: an arm without any loss, say */
  private adjust(adjustment: Adjustment) {
    const run = this.opened;
    const adjusted = withAdjustment(run.trainer.experiment, adjustment);
    const [problem] = checkExperiment(adjusted, run.sources.teacher?.shape ?? null);
    if (problem) throw new ProblemError(problem.code, problem.values);
    run.adjust(adjustment);
  }

  private async startBackend(forced: OpenRequest['backend']): Promise<StartedBackend> {
    if (this.backend?.forced === forced && !this.lost) return this.backend;
    this.emit('opening', { stage: 'backend', loaded: 0, total: 1 });
    this.backend?.release();
    this.backend = null;
    const started = await startBackend({
      forced,
      wasmPaths: this.wasmPaths,
      tunings: { load: loadTuning, save: saveTuning },
      onLost: () => {
        this.lost = true;
        void this.enqueue(() => this.recover());
      },
      onError: (problem) => this.run?.blame(problem),
    });
    this.lost = false;
    this.backend = { ...started, forced };
    return this.backend;
  }

  /** After a lost device: a new backend, the last state of the arms, and on. */
  private async recover() {
    const { run } = this;
    if (!run || !this.lost) return;
    try {
      const playing = run.isPlaying;
      await run.pause();
      const { trainer, snapshot, sources } = run;
      trainer.dispose();
      const { report, tuning } = await this.startBackend(this.request!.backend);
      this.takeTuning(tuning, this.tuning);
      const renewed = startTrainer(trainer.experiment, sources, snapshot);
      run.takeUp(renewed);
      const problem: Problem = { code: 'deviceLost', values: { step: renewed.step } };
      this.emit('recovered', { problem, step: renewed.step, backend: report });
      if (playing) run.play();
    } catch (error) {
      this.run = null;
      this.emit('failed', { problem: problemOf(error), restoredStep: null, fatal: true });
    }
  }

  private importText(payload: CommandPayload<'importText'>) {
    const { run } = this;
    return this.imports.import(
      payload,
      run && {
        tokenizer: run.sources.tokenizer,
        sequenceLength: run.trainer.experiment.training.sequenceLength,
      },
    );
  }

  private async saveAsTeacher({ arm, name }: CommandPayload<'saveAsTeacher'>) {
    const { trainer, sources } = this.opened;
    const shape = trainer.shapeOf(arm);
    const { arms, step } = await trainer.takeSnapshot();
    if (!shape || !arms[arm]) throw new ProblemError('armMissing', { arm });
    const id = `${arm}-${step}-${Date.now().toString(36)}`.slice(0, 40);
    await saveTeacher(id, {
      name: name.slice(0, 80),
      created: Date.now(),
      shape,
      ...serialiseTeacher({ shape, tokenizer: sources.tokenizerJson, parameters: arms[arm].parameters }),
    });
    return { id };
  }
}

/** A trainer in the state of a snapshot, or of step 0. Nothing of it stays on the device where that fails. */
function startTrainer(
  experiment: Experiment,
  { corpus, teacher }: Sources,
  snapshot: Snapshot | null,
): Trainer {
  const trainer = new Trainer(experiment, corpus, teacher);
  try {
    if (snapshot) trainer.restore(snapshot);
  } catch (error) {
    trainer.dispose();
    throw error;
  }
  return trainer;
}

/** The saved run that a request asks for; none where nothing can be read. */
async function savedRun({ resume, experiment, tab }: OpenRequest): Promise<SavedRun | null> {
  if (resume === 'none') return null;
  const own = await loadRun(tab).catch(() => null);
  const saved = own || resume === 'same' ? own : await loadNewestRun().catch(() => null);
  if (!saved || resume === 'any') return saved;
  const change = difference(saved.experiment, experiment);
  return change === 'none' || (resume === 'same' && change === 'numbers') ? saved : null;
}

/** Browsers that store nothing (private windows, full disks) still run; what was to be stored is lost with the tab. */
const ignored = () => {};

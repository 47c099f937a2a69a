/** One page's session: answers its commands, owns the run that is open, and brings it back after a fault. */
import { checkExperiment } from '../config/check';
import { difference } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import { buildCorpus } from '../data/corpus';
import { decodeText, textId, textsOf } from '../data/ownText';
import { serialiseTeacher } from '../interop/teacherBundle';
import { emptyHistory } from '../protocol/history';
import type { CommandPayload, Opened, OpenRequest } from '../protocol/messages';
import type { CommandHandlers, Emit } from '../protocol/port';
import type { SavedRun } from '../storage/database';
import { clearRun, loadRun } from '../storage/runs';
import { saveTeacher } from '../storage/teachers';
import { saveText } from '../storage/texts';
import { type StartedBackend, startBackend } from '../train/backends/choose';
import { Trainer } from '../train/trainer';
import { breathe } from './pace';
import { Run } from './run';
import { factsOf, SourceLoader } from './sources';

export class Session {
  private readonly loader: SourceLoader;
  private backend: (StartedBackend & { forced: OpenRequest['backend'] }) | null = null;
  private request: OpenRequest | null = null;
  private run: Run | null = null;
  /** Openings wait for each other, so that no run is left behind by the one that overtakes it. */
  private opening: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly emit: Emit,
    private readonly wasmPaths: Record<string, string>,
  ) {
    this.loader = new SourceLoader(emit);
  }

  readonly handlers: CommandHandlers = {
    open: async (request) => this.open(request),
    play: async () => this.opened.play(),
    pause: async () => this.opened.pause(),
    step: async () => this.opened.stepOnce(),
    reset: async () => {
      await clearRun().catch(ignored);
      return this.open({ ...this.asOpened(), resume: 'none' });
    },
    setSpeed: async ({ stepsPerSecond }) => {
      this.opened.speed = stepsPerSecond;
      return null;
    },
    adjust: async (adjustment) => {
      this.opened.trainer.adjust(adjustment);
      return null;
    },
    probe: async ({ sentence }) => this.opened.changeSentence(sentence),
    evaluate: async () => this.opened.evaluateAll(),
    measureLatency: async () => {
      const run = this.opened;
      await run.pause();
      return run.trainer.measureLatency(breathe);
    },
    tokenize: async ({ text }) => this.opened.sources.tokenizer.tokens(text),
    importText: (payload) => this.importText(payload),
    saveAsTeacher: (payload) => this.saveAsTeacher(payload),
  };

  private get opened(): Run {
    if (!this.run) throw new ProblemError('notOpened');
    return this.run;
  }

  /** The request that opens what is open now, with the numbers as they were set since. */
  private asOpened(): OpenRequest {
    const { trainer, sentence } = this.opened;
    return { ...this.request!, experiment: trainer.experiment, sentence };
  }

  private open(request: OpenRequest): Promise<Opened> {
    const opening = this.opening.then(() => this.openAlone(request));
    this.opening = opening.catch(ignored);
    return opening;
  }

  private async openAlone(request: OpenRequest): Promise<Opened> {
    await this.run?.close();
    this.run = null;
    this.request = request;
    const saved = request.resume === 'none' ? null : await savedRun(request);
    const experiment = saved && request.resume === 'any' ? saved.experiment : request.experiment;
    const { report } = await this.startBackend(request.backend);
    const sources = await this.loader.load(experiment, request.baseUrl);
    const [problem] = checkExperiment(experiment, sources.teacher?.shape ?? null);
    if (problem) throw new ProblemError(problem.code, problem.values);

    this.emit('opening', { stage: 'students', loaded: 0, total: experiment.arms.length });
    const trainer = new Trainer(experiment, sources.corpus, sources.teacher);
    const snapshot = saved && { step: saved.step, arms: saved.arms };
    if (snapshot) trainer.restore(snapshot);
    const run = new Run({
      trainer,
      sources,
      emit: this.emit,
      history: saved?.history ?? emptyHistory(),
      sentence: saved?.sentence ?? request.sentence,
      isLost: () => this.lost !== null,
    });
    run.snapshot = snapshot;
    this.run = run;
    const sizes = trainer.sizes();
    const { teacher, ...arms } = sizes;
    const opened: Opened = {
      backend: report,
      experiment,
      status: run.status,
      vocabulary: [...sources.tokenizer.vocabulary],
      text: sources.facts,
      teacher: sources.teacher ? { ...teacher, shape: sources.teacher.shape } : null,
      arms: sources.teacher ? arms : sizes,
      history: run.history,
      resumed: saved !== null,
      sentence: run.sentence,
    };
    // The page hears first that it can play; the first figures follow.
    void run.lookAround();
    return opened;
  }

  private lost: string | null = null;

  private async startBackend(forced: OpenRequest['backend']): Promise<StartedBackend> {
    if (this.backend && this.backend.forced === forced && this.lost === null) return this.backend;
    this.emit('opening', { stage: 'backend', loaded: 0, total: 1 });
    this.backend?.release();
    this.lost = null;
    const started = await startBackend({
      forced,
      wasmPaths: this.wasmPaths,
      onLost: (reason) => {
        this.lost = reason;
        void this.recover();
      },
    });
    this.backend = { ...started, forced };
    return this.backend;
  }

  /** After a lost device: a new backend, the last state of the arms, and on. */
  private async recover() {
    const run = this.run;
    if (!run) return;
    try {
      const playing = await run.halt();
      const { trainer, snapshot } = run;
      trainer.dispose();
      const { report } = await this.startBackend(this.request!.backend);
      const renewed = new Trainer(trainer.experiment, run.sources.corpus, run.sources.teacher);
      if (snapshot) renewed.restore(snapshot);
      run.takeUp(renewed);
      const problem: Problem = { code: 'deviceLost', values: { step: renewed.step } };
      this.emit('recovered', { problem, step: renewed.step, backend: report });
      if (playing) run.play();
    } catch (error) {
      this.emit('failed', { problem: problemOf(error), restoredStep: null });
    }
  }

  private async importText({ name, bytes }: CommandPayload<'importText'>) {
    const raw = new Uint8Array(bytes);
    const texts = textsOf(decodeText(raw));
    const { tokenizer } = this.opened.sources;
    const { sequenceLength } = this.opened.trainer.experiment.training;
    const facts = factsOf(buildCorpus(tokenizer, texts, sequenceLength));
    const id = textId(raw);
    const short = name.slice(0, 80);
    this.loader.rememberText(id, texts);
    await saveText({ id, name: short, bytes }).catch(ignored);
    return { source: { kind: 'own' as const, id, name: short }, facts };
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

/** The saved run that a request asks for; none where nothing can be read. */
async function savedRun({ resume, experiment }: OpenRequest): Promise<SavedRun | null> {
  const saved = await loadRun().catch(() => null);
  if (!saved) return null;
  return resume === 'any' || sameExperiment(saved.experiment, experiment) ? saved : null;
}

/** Numbers may have been changed since the run was saved: they act on its next step. */
const sameExperiment = (a: Experiment, b: Experiment) => difference(a, b) !== 'structure';

/** Browsers that store nothing (private windows, full disks) still run; what was to be stored is lost with the tab. */
const ignored = () => {};

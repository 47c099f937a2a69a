/**
 * The page's state machine: which experiment is wanted, which one the worker has, and what the worker says of it.
 * What is on screen is what trains, or `unapplied` says why it isn't.
 */
import { checkExperiment } from '../config/check';
import { difference } from '../config/compare';
import type { Arm, Experiment } from '../config/experiment';
import { defaultPreset, presets } from '../config/presets';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import { stageCount, stepsOf } from '../config/stages';
import { nearestPreset } from '../config/urlWriting';
import type { Opened, OpenRequest } from '../protocol/messages';
import { type Address, addressOf } from './address';
import { changeTo } from './changeTo';
import { eventHandlers } from './events';
import { experimentAt, forkedAt, type Thing } from './forking';
import { emptied, initialState, newestOf } from './initialState';
import { ledgerOfNextRun, ledgerUpTo } from './ledgerRecord';
import { likenessUpTo, ofNextRun } from './likenessRecord';
import { LiveNumbers } from './liveNumbers';
import type { GetState, MachineParts, SetState } from './machineParts';
import { Measuring } from './measuring';
import { createNotices, type Notices } from './notices';
import { RunInTab } from './runInTab';
import { Scrubbing } from './scrubbing';
import { Sentence } from './sentence';
import { teacherShape } from './teacherShape';
import { tellOpened, tellRestart } from './tellOpened';
import type { WorkerClient } from './workerClient';
import { isSpoiling, problemOfDeath } from './workerDeath';

type Resume = OpenRequest['resume'];

interface Forking {
  at: number;
  of: Experiment;
}

export class Machine {
  readonly notices: Notices;
  readonly sentence: Sentence;
  readonly measuring: Measuring;
  readonly scrubbing: Scrubbing;
  private readonly numbers: LiveNumbers;
  private client: WorkerClient | null = null;
  private readonly run: RunInTab;
  /** Openings so far, so that the answer to one that was overtaken is dropped. */
  private openings = 0;
  /** Which saved run the last opening asked for, and the latest stage that it may begin with. */
  private asked: Resume = 'none';
  private askedFrom: OpenRequest['from'] = 0;
  /** Of a fork: where it is to rest, and the experiment of the run that it comes from. */
  private askedFork: Forking | null = null;
  /** True where the run is to play once it is open: its worker died while it played. */
  private playsOn = false;
  /** True once a run has been opened on this page. */
  private hasOpened = false;
  /** That the address asks for; null: whichever is fastest. */
  private backend: Address['backend'] = null;

  constructor(
    private readonly parts: MachineParts,
    private readonly set: SetState,
    private readonly get: GetState,
  ) {
    this.notices = createNotices(set, get);
    const asking = { set, get, worker: () => this.worker, opening: () => this.openings };
    this.sentence = new Sentence(asking);
    this.measuring = new Measuring({ ...asking, notices: this.notices });
    this.scrubbing = new Scrubbing(set, get);
    this.run = new RunInTab(parts);
    this.numbers = new LiveNumbers(presets[defaultPreset], {
      set,
      get,
      notices: this.notices,
      adjust: (settings) => this.worker.call('adjust', settings),
      opening: () => this.openings,
      show: () => this.showInAddress(),
    });
    parts.onLeave(() => this.leave());
  }

  /** Shows what the address asks for, and opens it after the first paint: the page can be used while the worker starts. */
  begin(address: Address) {
    this.sentence.isChosen = address.sentence !== null;
    this.backend = address.backend;
    this.numbers.acting = address.experiment;
    this.set(initialState(address));
    setTimeout(() => void this.start(address));
  }

  private async start(address: Address) {
    const { reloaded, firstPreset } = this.parts;
    for (const problem of address.problems) this.notices.tell({ tone: 'warning', problem });
    if (address.specific) return this.open(address.experiment, reloaded ? 'same' : 'exact');
    const opening = this.openings;
    const preset = await firstPreset();
    // A person was faster.
    if (opening !== this.openings) return;
    this.set({ preset, experiment: presets[preset] });
    return this.open(presets[preset], 'any');
  }

  get worker(): WorkerClient {
    this.client ??= this.parts.startWorker(
      eventHandlers({
        set: this.set,
        get: this.get,
        notices: this.notices,
        fail: (problem) => this.fail(problem),
        onFinished: () => {
          this.numbers.giveUp();
          void this.measuring.latency();
        },
        keepResult: this.parts.keepResult,
        onTakenBack: () => this.run.forget(),
        onStage: (sentence) => this.sentence.enter(sentence),
        askToPersist: this.parts.askToPersist,
      }),
      (renewed, event) => this.onDeath(renewed, event),
    );
    return this.client;
  }

  /**
   * @param file a run to take up in place of a saved one @param from as in the request
   * @param fork where the run is one; should it not open, the one that it comes from does
   */
  async open(
    experiment: Experiment,
    resume: Resume,
    {
      file = null,
      from = 0,
      fork = null,
    }: { file?: Blob | null; from?: OpenRequest['from']; fork?: Forking | null } = {},
  ): Promise<void> {
    const opening = ++this.openings;
    this.numbers.acting = experiment;
    this.numbers.cancel();
    // Should the worker die over a file, the run in hand comes back.
    this.asked = file ? 'same' : resume;
    this.askedFrom = from;
    this.askedFork = fork;
    this.sentence.cancel();
    const { status } = this.get();
    // A task's sentence asks for no word: it is left behind where a run begins on something else.
    if (resume !== 'same' && (status.stage ?? 0) > 0) this.sentence.isChosen = false;
    const step = resume === 'none' || resume === 'fresh' ? (fork?.at ?? 0) : status.step;
    const steps = stepsOf(experiment);
    this.set({
      phase: 'opening',
      mayReturn: resume !== 'none' && resume !== 'fresh',
      experiment,
      failure: null,
      status: { state: 'paused', step, steps, stepsPerSecond: null },
      ...emptied,
      ...(resume === 'same'
        ? {}
        : { likeness: ofNextRun(this.get().likeness), ledger: ledgerOfNextRun(this.get().ledger) }),
    });
    this.notices.dismiss(({ about }) => about === 'run');
    try {
      const sentence = this.sentence.chosen;
      const asked = { experiment, resume, from, at: fork?.at ?? null, sentence };
      const request = await this.run.request({ ...asked, backend: this.backend });
      if (opening !== this.openings) return;
      if (resume === 'fresh') this.run.forget();
      const opened = await (file
        ? this.worker.call('openRunFile', { ...request, file })
        : this.worker.call('open', request));
      if (opening === this.openings) this.settle(experiment, opened);
    } catch (error) {
      // A worker that died has been replaced, and opens again what was asked of it.
      if (opening !== this.openings) return;
      if (!fork) return this.fail(problemOf(error));
      this.playsOn = false;
      await this.open(fork.of, 'same');
      this.notices.tell({ tone: 'warning', problem: problemOf(error) });
    }
  }

  /** Opens a run from a file; where that fails, what was open is opened again. @throws ProblemError */
  async openFile(file: Blob) {
    const { acting } = this.numbers;
    const opening = this.openings + 1;
    await this.open(acting, 'none', { file });
    const { phase, failure } = this.get();
    if (opening !== this.openings) throw new ProblemError('interrupted');
    if (phase !== 'failed' || !failure) return;
    await this.open(acting, 'same');
    throw new ProblemError(failure.code, failure.values);
  }

  /** Live numbers act on the next step, anything else opens the experiment anew. */
  change(experiment: Experiment) {
    const { phase, status, opened } = this.get();
    const { kind, restarts } = changeTo(experiment, this.numbers.acting, status);
    const shape = teacherShape(experiment.teacher, opened);
    const [misfit] = restarts && shape !== undefined ? checkExperiment(experiment, shape) : [];
    if (misfit) return this.notices.tell({ tone: 'warning', problem: misfit });
    this.set({ experiment });
    this.showInAddress();
    const failed = phase === 'failed';
    if (kind === 'none' && !failed) {
      // Moved back before it was sent.
      this.numbers.cancel();
      this.set({ unapplied: null });
      return;
    }
    if (kind === 'numbers' && !restarts) {
      // Where nothing is open, they follow once something is.
      this.numbers.sendSoon();
      return;
    }
    this.restartUnfit();
    // Another text speaks of other things, perhaps in another language.
    if (this.numbers.acting.text.id !== experiment.text.id) this.sentence.isChosen = false;
    this.playsOn = false;
    const opening = this.open(experiment, 'none', { from: null });
    // After it, since notices of the run before go with that.
    if (status.step === 0) return;
    if (stageCount(experiment) === 1) return tellRestart(this.notices, 0);
    // From which step it goes on is the worker's to say.
    const { openings } = this;
    void opening.then(() => {
      const { phase, status } = this.get();
      if (openings === this.openings && phase === 'ready') tellRestart(this.notices, status.step);
    });
  }

  /** The end of the stage before this one, counted from 0, from where the run goes on. */
  async goBackTo(stage: number) {
    const { acting } = this.numbers;
    const { openings } = this;
    const isKept = await this.keeps({ experiment: acting, from: stage, at: null });
    if (openings !== this.openings || isKept === null) return;
    if (!isKept) return this.notices.tell({ tone: 'warning', problem: { code: 'stageNotKept' } });
    this.restartUnfit();
    this.playsOn = false;
    await this.open(acting, 'none', { from: stage });
    // It was there a moment ago.
    const { phase, failure } = this.get();
    if (openings + 1 === this.openings && phase === 'failed' && failure?.code === 'stageNotKept')
      await this.open(acting, 'same');
  }

  /** Whether what a run is to begin with is there; null where nobody can say, and that has been told. */
  private async keeps(asked: Pick<OpenRequest, 'experiment' | 'from' | 'at'>): Promise<boolean | null> {
    const none = { resume: 'none', sentence: null, backend: this.backend } as const;
    const request = await this.run.request({ ...asked, ...none });
    return this.notices.ask(this.worker.call('keepsStage', request));
  }

  /** This run up to a step, from where a copy of an arm goes its own way; `plays`: at once. */
  async fork(fork: NonNullable<Arm['fork']>, thing: Thing, plays: boolean) {
    const { acting } = this.numbers;
    const { openings } = this;
    const { phase, opened } = this.get();
    const { step: at } = fork;
    if (phase !== 'ready') return;
    const { experiment } = forkedAt(experimentAt(this.get(), at), fork, thing);
    const shape = teacherShape(experiment.teacher, opened);
    const [misfit] = shape === undefined ? [] : checkExperiment(experiment, shape);
    if (misfit) return this.notices.tell({ tone: 'warning', problem: misfit });
    const isKept = await this.keeps({ experiment, from: null, at });
    if (openings !== this.openings || isKept === null) return;
    if (!isKept) {
      return this.notices.tell({ tone: 'warning', problem: { code: 'forkNotKept', values: { step: at } } });
    }
    this.playsOn = plays;
    await this.open(experiment, 'none', { from: null, fork: { at, of: acting } });
  }

  /** A live number that a person moves; a finished run keeps those that it was trained with. */
  moveNumbers(experiment: Experiment) {
    const { phase, status } = this.get();
    if (phase === 'ready' && status.state === 'finished') return;
    this.change(experiment);
  }

  /** The state after a command is known before the next event. */
  async command(name: 'play' | 'pause' | 'step') {
    // What was done has been read by whoever goes on.
    if (name !== 'pause') this.notices.dismiss(({ tone }) => tone === 'info');
    this.playsOn = false;
    const { openings } = this;
    const status = await this.notices.ask(this.worker.call(name, {}));
    if (!status || openings !== this.openings) return;
    // What goes before the next stage was left.
    this.set(status.state === 'playing' ? { status } : { status, opening: null });
  }

  /** From step 0, whatever goes on. */
  reset() {
    this.restartUnfit();
    this.playsOn = false;
    return this.openAgain('fresh');
  }

  /** Everything that is kept here is about to be erased, and nothing is to be written again. */
  async stopKeeping() {
    this.run.end();
    if (this.get().phase === 'ready') await this.notices.ask(this.worker.call('stopKeeping', {}));
  }

  /** A worker that failed gives way to another; one that only refused an opening knows texts that nobody else does. */
  private restartUnfit() {
    const { phase, failure } = this.get();
    if (phase === 'failed' && failure && isSpoiling(failure)) this.worker.restart();
  }

  retry() {
    this.restartUnfit();
    void this.openAgain(this.resumeAgain);
  }

  private fail(problem: Problem) {
    this.set({ phase: 'failed', failure: problem, opening: null, measuring: false, guessing: null });
  }

  /** What to take up after a fault: this tab's run, or, where an opening was never answered, what that asked for. */
  private get resumeAgain(): Resume {
    return this.get().opened ? 'same' : this.asked;
  }

  private onDeath(renewed: boolean, event: Event | null) {
    const { status } = this.get();
    const problem: Problem = event
      ? problemOfDeath(event, this.hasOpened, status.step)
      : { code: 'workerDied', values: { step: status.step } };
    this.playsOn ||= status.state === 'playing';
    this.run.note(this.get(), this.numbers.acting);
    if (!renewed) {
      this.fail(problem);
      return;
    }
    this.notices.tell({ tone: 'warning', problem });
    void this.openAgain(this.resumeAgain);
  }

  /** What the worker had; numbers that were moved since, and may not be fit to run, follow once it is open. */
  private openAgain(resume: Resume): Promise<void> {
    const wanted = this.get().experiment;
    const { acting } = this.numbers;
    const again = resume === 'none' ? { from: this.askedFrom, fork: this.askedFork } : {};
    const opening = this.open(acting, resume, again);
    if (difference(acting, wanted) === 'numbers') this.set({ experiment: wanted });
    return opening;
  }

  private leave() {
    this.run.note(this.get(), this.numbers.acting);
    if (this.get().phase === 'ready') void this.worker.call('keep', {}).catch(() => {});
  }

  private settle(requested: Experiment, opened: Opened) {
    const { history, status, recording, checkpoints } = opened;
    // What was moved or typed while it opened is not lost, unless another run came back than was asked for.
    const wanted = this.get().experiment;
    const moved =
      status.state !== 'finished' &&
      difference(requested, wanted) === 'numbers' &&
      difference(opened.experiment, wanted) === 'numbers';
    const experiment = moved ? wanted : opened.experiment;
    this.numbers.acting = opened.experiment;
    this.hasOpened = true;
    this.set({
      phase: 'ready',
      failure: null,
      opening: null,
      opened,
      experiment,
      history,
      recording,
      checkpoints,
      ...newestOf(history, status.stage),
      likeness: likenessUpTo(this.get().likeness, status.step, status.stage ?? 0),
      ledger: ledgerUpTo(this.get().ledger, status.step, status.stage ?? 0),
      status,
      backend: opened.backend,
      pace: { secondsPerStep: opened.secondsPerStep, estimated: true },
      preset: opened.resumed ? nearestPreset(experiment) : this.get().preset,
    });
    if (moved) void this.numbers.send();
    // The bare address stays bare.
    else if (this.askedFork || (this.asked !== 'any' && difference(requested, experiment) !== 'none'))
      this.showInAddress();
    this.sentence.settle(opened.sentence);
    tellOpened(this.notices, opened);
    const { speed } = this.get();
    if (speed !== null) void this.worker.call('setSpeed', { stepsPerSecond: speed }).catch(() => {});
    this.measuring.settle();
    if (this.playsOn) void this.command('play');
  }

  showInAddress() {
    const { experiment, preset, view, unapplied } = this.get();
    const shown = { sentence: null, viewTemperature: view.temperature };
    const trained = unapplied ? this.numbers.acting : experiment;
    this.parts.place.show(addressOf(trained, preset, shown, new URL(this.parts.place.href())));
  }
}

/** From what a page asks for to a run that is open: backend, text, teacher, students, and what was saved of it. */

import { checkExperiment } from '../config/check';
import type { Experiment } from '../config/experiment';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { BackendReport, Reached } from '../config/results';
import { defaultSentence } from '../config/sentences';
import type { Opened, OpenRequest } from '../protocol/messages';
import type { Emit } from '../protocol/port';
import type { KeptRun } from '../storage/runs';
import { applyTuning, readTuning, type Tuning } from '../train/backends/tuning';
import { type BeginOptions, Course } from '../train/course';
import { isFingerprintOf, withoutVectors } from '../train/fingerprint';
import { breatheUnless } from './account';
import { keptOf, recordingOf } from './beginning';
import { bordersOf } from './borders';
import type { KeeperParts } from './keeper';
import type { Beginning, Kept } from './kept';
import { type LongCalls, msPerArm } from './longCalls';
import { Recorder } from './recorder';
import { Run } from './run';
import type { RunCourse } from './runCourse';
import { findSavedRun } from './savedRun';
import type { SessionParts } from './sessionParts';
import type { LoadOptions, Sources } from './sources';

/** Milliseconds that the first update of a teacher's tuning may take, before one has been timed. */
const firstTuningMs = 5000;

/** What shows that a saved run can't go on here; with anything else it stays for the next try. */
const unfit = ['runOfOtherTeacher', 'snapshotMisfit'];
/** What it needs is gone, and may come back: it stays too, but another run is opened. */
const lacking = ['textMissing', 'rowsMissing', 'teacherMissing'];

/** What the session lends while a run is opened. */
export interface Lent {
  startBackend: (forced: OpenRequest['backend']) => Promise<{ report: BackendReport; tuning: Tuning | null }>;
  longCalls: LongCalls;
  isLost: () => boolean;
  /** An error that the device reported since the opening began. */
  fault: () => Problem | null;
  /** What a run under the asked experiment can begin with, `beginning`; null: step 0. */
  beginning: Beginning | null;
  /** Told of the run as soon as it computes. */
  onBegun: (run: Run) => void;
  /** Once something newer was asked for. */
  signal: AbortSignal;
}

/** What stands behind a run that is open. */
export interface OpenedRun {
  run: Run;
  /** The name under which it was kept, where that is not its own: ends of its stages may lie there. */
  keptAs: string | null;
  opened: Opened;
  /** The forms of products that it began with; null where its device has no choice. */
  tuning: Tuning | null;
}

export class Opener {
  constructor(
    private readonly parts: SessionParts,
    private readonly emit: Emit,
  ) {}

  async open(request: OpenRequest, lent: Lent): Promise<OpenedRun> {
    if (request.resume === 'fresh') await this.parts.runs.clearRun(request.tab).catch(ignored);
    const { run: saved, setAside } = await findSavedRun(request, this.parts.runs);
    if (!lent.signal.aborted) this.emit('savedRunSought', { found: saved !== null });
    if (saved) {
      try {
        return await this.openRun(request, saved, lent, { dropped: false, setAside });
      } catch (error) {
        const { code } = problemOf(error);
        if (!unfit.includes(code) && !lacking.includes(code)) throw error;
        const isOwn = saved.record.id === request.tab;
        if (unfit.includes(code) && isOwn) await this.parts.runs.clearRun(request.tab).catch(ignored);
      }
    }
    const found = { dropped: saved !== null, setAside };
    try {
      return await this.openRun(request, null, lent, found);
    } catch (error) {
      // The end of a stage that another teacher led to is none of this run's.
      if (!lent.beginning || !unfit.includes(problemOf(error).code)) throw error;
      if (request.at !== null) throw new ProblemError('forkNotKept', { step: request.at }, { cause: error });
      return this.openRun(request, null, { ...lent, beginning: null }, found);
    }
  }

  /** Opens a run from a file. What doesn't fit is refused, and nothing is lost. */
  async openFile(request: OpenRequest, saved: KeptRun, lent: Lent): Promise<OpenedRun> {
    const asked = { ...request, experiment: saved.record.experiment, resume: 'any' as const };
    return this.openRun(asked, saved, lent, { dropped: false, setAside: null }, true);
  }

  /** A course in the state of a snapshot, or of step 0. Nothing of it stays on the device where that fails. */
  startCourse(
    experiment: Experiment,
    { baseUrl }: Pick<OpenRequest, 'baseUrl'>,
    longCalls: LongCalls,
    { signal, accept, ...options }: BeginOptions<Sources> & Pick<LoadOptions, 'signal' | 'accept'>,
  ): Promise<RunCourse> {
    const { loader, makeTrainer } = this.parts;
    return Course.begin<Sources>(
      experiment,
      {
        read: async (whole, stage, heed) => {
          longCalls.warn('tuning', firstTuningMs);
          let last = performance.now();
          const told = async () => {
            longCalls.note('tuning', performance.now() - last);
            await heed();
            longCalls.warn('tuning', firstTuningMs);
            last = performance.now();
          };
          const loading = loader.load(whole, stage, { baseUrl, signal, accept, heed: told });
          return loading.catch((error) => {
            // Something newer was asked for: that is no fault of the loading.
            throw signal?.aborted ? new ProblemError('interrupted', undefined, { cause: error }) : error;
          });
        },
        make: (stage, data, before) => {
          const { length } = stage.arms;
          this.emit('opening', { stage: 'students', loaded: 0, total: length });
          return longCalls.do('students', msPerArm * length, () => makeTrainer(stage, data, before));
        },
      },
      options,
    );
  }

  private async openRun(
    request: OpenRequest,
    saved: KeptRun | null,
    lent: Lent,
    found: { dropped: boolean; setAside: Problem | null },
    fromFile = false,
  ): Promise<OpenedRun> {
    const beginning = saved ? null : lent.beginning;
    const experiment = saved?.record.experiment ?? beginning?.experiment ?? request.experiment;
    const { report, tuning: ofDevice } = await lent.startBackend(request.backend);
    heed(lent.signal);
    const kept = saved ? keptOf(saved) : (beginning?.kept ?? null);
    const known = saved?.record.fingerprint ?? beginning?.fingerprint;
    const tuning = tuningOf(ofDevice, readTuning(saved?.record.tuning));
    applyTuning(tuning);
    const course = await this.startCourse(experiment, request, lent.longCalls, {
      snapshot: kept?.snapshot,
      signal: lent.signal,
      heed: async () => {
        await breatheUnless(() => lent.signal.aborted);
        const fault = lent.fault();
        if (fault) throw new ProblemError(fault.code, fault.values);
      },
      accept: ({ shape, fingerprint }) => {
        heed(lent.signal);
        const [problem] = checkExperiment(experiment, shape);
        if (problem && !saved) throw new ProblemError(problem.code, problem.values);
        if (known === undefined || (!problem && isFingerprintOf(known, fingerprint))) return;
        const isVectors = !problem && isFingerprintOf(withoutVectors(known), withoutVectors(fingerprint));
        throw new ProblemError(isVectors ? 'runOfOtherVectors' : 'runOfOtherTeacher');
      },
    });
    // What lies on disk under this tab's name.
    const own = !fromFile && saved?.record.id === request.tab ? saved.record : null;
    const birth = saved?.record.birth || this.parts.newBirth();
    const { runs } = this.parts;
    const recording = saved ? await recordingOf(saved, fromFile ? null : runs) : beginning?.recording;
    const recorder = new Recorder({
      emit: this.emit,
      recording: recording ?? null,
      onDisk: own !== null,
      save: (recorded, known) => runs.keepRecording(request.tab, birth, recorded, known),
    });
    const run = new Run({
      ...this.keeping(request.tab, birth, course.data, tuning, recorder),
      recorder,
      birth,
      course,
      kept,
      // Under this name lie ends of stages of no other run.
      borders: own?.borders ?? (saved ? [] : bordersOf(kept)),
      checkpoints: own?.checkpoints ?? beginning?.checkpoints ?? [],
      onDisk: own?.step ?? null,
      sentence: request.sentence ?? kept?.sentence ?? course.data.examples[0] ?? defaultSentence,
      expectedStep: (present) => this.parts.expectedStep(present, report),
      longCalls: lent.longCalls,
      isLost: lent.isLost,
      emit: this.emit,
    });
    lent.onBegun(run);
    const redo = saved ? saved.reached : beginning?.redo && { birth, ...beginning.redo };
    try {
      if (redo) await this.catchUp(run, redo, lent.signal);
    } catch (error) {
      await run.close(false);
      throw error;
    }
    const opened = this.describe(run, report, { ...found, resumed: saved !== null });
    if (!own) {
      // Nothing of it is on disk under this tab's name: it begins where another one was, or comes from a file or another tab.
      if (kept) run.training.keeper.rewrite();
      if (redo) run.keepNow();
    }
    const keptAs = saved && !fromFile && !own ? saved.record.id : null;
    return { run, keptAs, opened, tuning };
  }

  /** From the checkpoint to where the run was. */
  private async catchUp(run: Run, reached: Reached, signal: AbortSignal) {
    const ended = () => run.abandon();
    signal.addEventListener('abort', ended);
    try {
      const tell = (loaded: number, total: number) =>
        this.emit('opening', { stage: 'redoing', loaded, total });
      // A fault has taken the run back to its checkpoint and has been told.
      await run.redo(reached, tell).catch(ignored);
      heed(signal);
    } finally {
      signal.removeEventListener('abort', ended);
    }
  }

  private keeping(
    id: string,
    birth: string,
    { fingerprint }: Sources,
    tuning: Tuning | null,
    recorder: Recorder,
  ) {
    const { runs } = this.parts;
    return {
      save: async (
        { snapshot: { step, arms }, experiment, history, sentence }: Kept,
        withStates: boolean,
        reached: Reached | null,
        { borders, checkpoints }: Parameters<KeeperParts['save']>[3],
      ) => {
        const savedAt = Date.now();
        const kept = { id, birth, experiment, savedAt, step, history, sentence, fingerprint, tuning };
        const record = {
          ...kept,
          ...(borders.length > 0 && { borders }),
          ...(checkpoints.length > 0 && { checkpoints }),
        };
        const saved = await runs.keepRun(record, withStates ? arms : null, reached);
        // What has no room there stays in memory: the run itself is kept.
        if (saved.kept) await recorder.keep().catch(ignored);
        return saved;
      },
      saveReached: (reached: Reached) => runs.keepReached(id, reached),
    };
  }

  private describe(
    run: Run,
    backend: BackendReport,
    found: Pick<Opened, 'resumed' | 'dropped' | 'setAside'>,
  ): Opened {
    const { course, status, training } = run;
    return {
      ...training.facts,
      backend,
      birth: training.reached.birth,
      experiment: course.experiment,
      status,
      fingerprint: course.data.fingerprint,
      vocabulary: [...course.data.tokenizer.vocabulary],
      words: course.data.words?.shape ?? null,
      history: training.account.history,
      recording: training.recorder.recording,
      checkpoints: training.keeper.ways.steps,
      ...found,
    };
  }
}

/** A run goes on with the rounding that it began with, where this is still a device with a choice. */
export const tuningOf = (ofDevice: Tuning | null, ofRun: Tuning | null): Tuning | null =>
  (ofDevice && ofRun) ?? ofDevice;

/** @throws ProblemError interrupted once something newer was asked for */
function heed(signal: AbortSignal) {
  if (signal.aborted) throw new ProblemError('interrupted');
}

/** Browsers that store nothing (private windows, full disks) still run; what was to be stored is lost with the tab. */
const ignored = () => {};

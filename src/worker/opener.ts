/** From what a page asks for to a run that is open: backend, text, teacher, students, and what was saved of it. */

import { checkExperiment } from '../config/check';
import type { Experiment } from '../config/experiment';
import { teacherModel } from '../config/modelIds';
import { defaultSentence } from '../config/presets';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { BackendReport, Reached } from '../config/results';
import type { Opened, OpenRequest } from '../protocol/messages';
import type { Emit } from '../protocol/port';
import type { KeptRun } from '../storage/runs';
import { applyTuning, readTuning, type Tuning } from '../train/backends/tuning';
import type { Snapshot } from '../train/snapshot';
import { isFingerprintOf } from './fingerprint';
import type { Kept } from './keeper';
import { type LongCalls, msPerArm } from './longCalls';
import { Run } from './run';
import type { RunTrainer } from './runTrainer';
import { findSavedRun } from './savedRun';
import type { SessionParts } from './sessionParts';
import type { Sources } from './sources';

/** What shows that a saved run can't go on here; with anything else it stays for the next try. */
const unfit = ['runOfOtherTeacher', 'snapshotMisfit'];
/** What it needs is gone, and may come back: it stays too, but another run is opened. */
const lacking = ['textMissing', 'rowsMissing', 'teacherMissing'];

/** What the session lends while a run is opened. */
export interface Lent {
  startBackend: (forced: OpenRequest['backend']) => Promise<{ report: BackendReport; tuning: Tuning | null }>;
  longCalls: LongCalls;
  isLost: () => boolean;
  /** Told of the run as soon as it computes. */
  onBegun: (run: Run) => void;
  /** Once something newer was asked for. */
  signal: AbortSignal;
}

/** What stands behind a run that is open. */
export interface OpenedRun {
  run: Run;
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
    return this.openRun(request, null, lent, { dropped: saved !== null, setAside });
  }

  /** Opens a run from a file. What doesn't fit is refused, and nothing is lost. */
  async openFile(request: OpenRequest, saved: KeptRun, lent: Lent): Promise<OpenedRun> {
    const asked = { ...request, experiment: saved.record.experiment, resume: 'any' as const };
    const opened = await this.openRun(asked, saved, lent, { dropped: false, setAside: null }, true);
    // Nothing of it is on disk yet.
    opened.run.training.keeper.rewrite();
    return opened;
  }

  /** A trainer in the state of a snapshot, or of step 0. Nothing of it stays on the device where that fails. */
  startTrainer(experiment: Experiment, sources: Sources, snapshot: Snapshot | null): RunTrainer {
    const trainer = this.parts.makeTrainer(experiment, sources);
    try {
      if (snapshot) trainer.restore(snapshot);
    } catch (error) {
      trainer.dispose();
      throw error;
    }
    return trainer;
  }

  private async openRun(
    request: OpenRequest,
    saved: KeptRun | null,
    lent: Lent,
    found: { dropped: boolean; setAside: Problem | null },
    fromFile = false,
  ): Promise<OpenedRun> {
    const experiment = saved ? saved.record.experiment : request.experiment;
    const { report, tuning: ofDevice } = await lent.startBackend(request.backend);
    heed(lent.signal);
    const sources = await this.parts.loader.load(experiment, request.baseUrl, lent.signal);
    heed(lent.signal);
    const [problem] = checkExperiment(experiment, sources.teacher?.shape ?? null);
    if (problem && !saved) throw new ProblemError(problem.code, problem.values);
    if (saved && (problem || !isFingerprintOf(saved.record.fingerprint, sources.fingerprint)))
      throw new ProblemError('runOfOtherTeacher');

    this.emit('opening', { stage: 'students', loaded: 0, total: experiment.arms.length });
    const tuning = tuningOf(ofDevice, readTuning(saved?.record.tuning));
    applyTuning(tuning);
    const kept = saved && keptOf(saved);
    const birth = saved?.record.birth || this.parts.newBirth();
    const trainer = lent.longCalls.do('students', msPerArm * experiment.arms.length, () =>
      this.startTrainer(experiment, sources, kept?.snapshot ?? null),
    );
    const sentence = request.sentence ?? saved?.record.sentence ?? sources.examples[0] ?? defaultSentence;
    const expectedStep = this.parts.expectedStep(trainer, report);
    const run = new Run({
      ...this.keeping(request.tab, birth, sources, tuning),
      birth,
      trainer,
      sources,
      kept,
      onDisk: !fromFile && saved?.record.id === request.tab ? saved.record.step : null,
      sentence,
      expectedStep,
      longCalls: lent.longCalls,
      isLost: lent.isLost,
      emit: this.emit,
    });
    lent.onBegun(run);
    try {
      if (saved) await this.catchUp(run, saved, lent.signal);
    } catch (error) {
      await run.close(false);
      throw error;
    }
    const opened = this.describe(run, report, {
      ...found,
      resumed: saved !== null,
      secondsPerStep: expectedStep / 1000,
    });
    return { run, opened, tuning };
  }

  /** From the checkpoint to where the run was. */
  private async catchUp(run: Run, { reached }: KeptRun, signal: AbortSignal) {
    const ended = () => run.abandon();
    signal.addEventListener('abort', ended);
    try {
      if (reached) {
        const tell = (loaded: number, total: number) =>
          this.emit('opening', { stage: 'redoing', loaded, total });
        // A fault has taken the run back to its checkpoint and has been told.
        await run.redo(reached, tell).catch(ignored);
      }
      heed(signal);
    } finally {
      signal.removeEventListener('abort', ended);
    }
  }

  private keeping(id: string, birth: string, { fingerprint }: Sources, tuning: Tuning | null) {
    const { runs } = this.parts;
    return {
      save: (
        { snapshot: { step, arms }, experiment, history, sentence }: Kept,
        withStates: boolean,
        reached: Reached | null,
      ) => {
        const savedAt = Date.now();
        const record = { id, birth, experiment, savedAt, step, history, sentence, fingerprint, tuning };
        return runs.keepRun(record, withStates ? arms : null, reached);
      },
      saveReached: (reached: Reached) => runs.keepReached(id, reached),
    };
  }

  private describe(
    run: Run,
    backend: BackendReport,
    found: Pick<Opened, 'resumed' | 'dropped' | 'setAside' | 'secondsPerStep'>,
  ): Opened {
    const { trainer, sources, status } = run;
    const { history, sentence } = run.training.account;
    const { [teacherModel]: teacher, ...arms } = trainer.sizes();
    return {
      backend,
      birth: run.training.reached.birth,
      experiment: trainer.experiment,
      status,
      vocabulary: [...sources.tokenizer.vocabulary],
      examples: sources.examples,
      text: sources.facts,
      teacher: sources.teacher ? { ...teacher, shape: sources.teacher.shape } : null,
      arms,
      history,
      sentence,
      ...found,
    };
  }
}

/** A run goes on with the rounding that it began with, where this is still a device with a choice. */
export const tuningOf = (ofDevice: Tuning | null, ofRun: Tuning | null): Tuning | null =>
  (ofDevice && ofRun) ?? ofDevice;

const keptOf = ({ record, arms }: KeptRun): Kept => ({
  snapshot: { step: record.step, arms },
  experiment: record.experiment,
  history: record.history,
  sentence: record.sentence,
});

/** @throws ProblemError interrupted once something newer was asked for */
function heed(signal: AbortSignal) {
  if (signal.aborted) throw new ProblemError('interrupted');
}

/** Browsers that store nothing (private windows, full disks) still run; what was to be stored is lost with the tab. */
const ignored = () => {};

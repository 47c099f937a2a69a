/** What a run is opened with: the state, curves and recording of a saved one, or of the end of a stage. */
import type { Recording } from '../config/recording';
import { stepsOf } from '../config/stages';
import type { OpenRequest } from '../protocol/messages';
import type { KeptRun } from '../storage/runs';
import { asBeginning, latestBorder } from './borders';
import { findFork } from './forkBeginning';
import type { Beginning, Kept } from './kept';
import { recordedUpTo } from './recorder';
import type { Run } from './run';
import type { SessionParts } from './sessionParts';

/**
 * What a run under the asked experiment can begin with: the end of a stage, or of a fork the state nearest before it. Null where it
 * begins at step 0.
 * @param before the run that is open until then
 */
export async function findBeginning(
  { resume, from, at, experiment, tab }: OpenRequest,
  before: { run: Run; keptAs: string | null } | null,
  runs: SessionParts['runs'],
): Promise<Beginning | null> {
  if (resume !== 'none') return null;
  if (at !== null) return findFork({ experiment, at, tab }, before?.run ?? null, runs);
  if (from === 0) return null;
  const borders = [...(before?.run.training.keeper.borders.values() ?? [])];
  const [newest] = borders
    .filter((kept) => latestBorder(kept.experiment, [kept.snapshot.step], experiment, from) !== null)
    .sort((a, b) => b.snapshot.step - a.snapshot.step);
  if (before && newest) {
    const { sources, training } = before.run;
    const recording = recordedUpTo(training.recorder.recording, newest.snapshot.step, experiment);
    const kept = asBeginning(newest, experiment);
    return { kept, experiment, fingerprint: sources.fingerprint, recording, redo: null };
  }
  for (const id of [tab, before?.keptAs]) {
    if (!id) continue;
    const found = await runs
      .loadBorder(id, (record) => latestBorder(record.experiment, record.borders ?? [], experiment, from))
      .catch(() => null);
    if (!found) continue;
    const { record, step, arms } = found;
    const kept = { ...keptOf({ record, arms }), snapshot: { step, arms } };
    const whole = await runs.loadRecording(id, record, stepsOf(record.experiment)).catch(() => null);
    const recording = whole && recordedUpTo(whole, step, experiment);
    const { fingerprint } = record;
    return { kept: asBeginning(kept, experiment), experiment, fingerprint, recording, redo: null };
  }
  return null;
}

/** The state of a saved run. */
export const keptOf = ({ record, arms }: Pick<KeptRun, 'record' | 'arms'>): Kept => ({
  snapshot: { step: record.step, arms },
  experiment: record.experiment,
  history: record.history,
  sentence: record.sentence,
});

/**
 * What was recorded of a saved run up to where it is known to have got; null where nothing can be had: its past begins anew.
 * @param runs null: the run is from a file, which holds it
 */
export async function recordingOf(
  saved: KeptRun,
  runs: Pick<SessionParts['runs'], 'loadRecording'> | null,
): Promise<Recording | null> {
  const { record, reached } = saved;
  const last = reached?.step ?? record.step;
  const found = runs
    ? await runs.loadRecording(record.id, record, last).catch(() => null)
    : (saved.recording ?? null);
  return found && recordedUpTo(found, last, record.experiment);
}

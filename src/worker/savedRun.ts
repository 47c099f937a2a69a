/** Which saved run an opening takes up. */
import { difference, withoutChanges, withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import type { Problem } from '../config/problems';
import type { Reached } from '../config/results';
import type { OpenRequest } from '../protocol/messages';
import { parseReached } from '../storage/keptSchema';
import type { KeptRun, Loaded } from '../storage/runs';

export interface SavedRuns {
  loadRun: (id: string) => Promise<Loaded>;
  loadNewestRun: () => Promise<Loaded>;
}

export interface Found {
  run: KeptRun | null;
  /** Why there is one that can't be believed. */
  setAside: Problem | null;
}

/** The saved run that a request asks for; none where nothing can be read. */
export async function findSavedRun(request: OpenRequest, runs: SavedRuns): Promise<Found> {
  const { resume, experiment, tab, copyOf } = request;
  if (resume === 'none' || resume === 'fresh') return { run: null, setAside: null };
  const none: Loaded = { kind: 'none' };
  let setAside: Problem | null = null;
  let loaded = await runs.loadRun(tab).catch(() => none);
  if (loaded.kind === 'none' && copyOf) loaded = await runs.loadRun(copyOf).catch(() => none);
  // What is set aside makes way for the one before.
  while (resume !== 'same' && loaded.kind !== 'run') {
    if (loaded.kind === 'setAside') setAside = loaded.problem;
    const before = await runs.loadNewestRun().catch(() => none);
    if (before.kind === 'none') break;
    loaded = before;
  }
  if (loaded.kind === 'setAside') return { run: null, setAside: loaded.problem };
  if (loaded.kind === 'none') return { run: null, setAside };
  const run = { ...loaded.run, reached: furthest(loaded.run, request) };
  const change = difference(presentExperiment(run), experiment);
  const fits = resume === 'any' || change === 'none' || (resume === 'same' && change === 'numbers');
  return { run: fits ? run : null, setAside };
}

/** The experiment of a run with its live numbers as they were set last. */
export const presentExperiment = ({ record, reached }: KeptRun): Experiment =>
  reached
    ? withSettings(withoutChanges(record.experiment, record.history.changes), reached.changes)
    : record.experiment;

/** How far the run is known to have got: what is on disk, or what the page saw. */
function furthest({ record, reached }: KeptRun, request: OpenRequest): Reached | null {
  const seen = parseReached(record, request.reached[record.id]);
  const [further] = [reached, seen]
    .filter((other) => other !== null)
    .filter(({ birth, step }) => birth === record.birth && step >= record.step)
    .sort((a, b) => b.step - a.step || b.changes.length - a.changes.length);
  return further ?? null;
}

/**
 * Recordings of runs, under the names of the runs: a row for each frame and each segment, so that a checkpoint writes what
 * is new and deletes what was thinned out.
 */
import type { Experiment } from '../config/experiment';
import {
  type RecordedFrame,
  type RecordedSegment,
  type Recording,
  recordingBytes,
} from '../config/recording';
import { withDatabase } from './database';
import { parseRecording, recordingVersion } from './keptRecording';
import type { Database } from './schema';
import { limits } from './timeLimit';

/** The keys of all that was recorded of a run. */
export const recordingOf = (run: string) => IDBKeyRange.bound([run], [run, []]);

interface Head {
  version: number;
  /** Of the run that this is of: another one may have begun under the same name. */
  birth: string;
  stride: number;
  /** Length of the whole, for lists. */
  bytes: number;
}

type Row = RecordedFrame | RecordedSegment;

/**
 * Keeps a recording, in one transaction.
 * @param known frames and segments that were kept before as they are, if nobody has deleted them meanwhile
 * @throws ProblemError as `withDatabase`
 */
export const keepRecording = (
  run: string,
  birth: string,
  recording: Recording,
  known: ReadonlySet<Row> = new Set(),
): Promise<void> =>
  withDatabase(async (database) => {
    const transaction = database.transaction('recordings', 'readwrite', { durability: 'relaxed' });
    const { store } = transaction;
    const rows = new Map<string, Row>([
      ...recording.segments.map((segment) => [`segment ${segment.number}`, segment] as const),
      ...recording.frames.map((frame) => [`frame ${frame.number}`, frame] as const),
    ]);
    const before = (await store.get([run, 'head', 0])) as Partial<Head> | undefined;
    const isOwn = before?.birth === birth && before.version === recordingVersion;
    const there = new Set<string>();
    const changes: Promise<unknown>[] = [];
    for (const key of await store.getAllKeys(recordingOf(run))) {
      const name = `${key[1]} ${key[2]}`;
      if (isOwn && rows.has(name)) there.add(name);
      else if (key[1] !== 'head') changes.push(store.delete(key));
    }
    for (const [name, row] of rows) {
      if (known.has(row) && there.has(name)) continue;
      const kind = 'values' in row ? 'frame' : 'segment';
      changes.push(store.put(row, [run, kind, row.number]));
    }
    const { stride } = recording;
    const head: Head = { version: recordingVersion, birth, stride, bytes: recordingBytes(recording) };
    changes.push(store.put(head, [run, 'head', 0]));
    // Where the browser has no room, all of them end so: none of those is anybody else's to hear of.
    await Promise.all([...changes, transaction.done]);
  }, limits.weights);

/**
 * What was recorded of a run; null where nothing was, or what there is is of another run.
 * @param last how far the run is known to have got
 * @throws ProblemError keptBroken, and those of `withDatabase`
 */
export const loadRecording = (
  run: string,
  { birth, experiment }: { birth: string; experiment: Experiment },
  last: number,
): Promise<Recording | null> =>
  withDatabase(async (database) => {
    const { store } = database.transaction('recordings');
    const head = (await store.get([run, 'head', 0])) as Partial<Head> | undefined;
    if (!head || head.birth !== birth || head.version !== recordingVersion) return null;
    const of = (kind: 'segment' | 'frame') => store.getAll(IDBKeyRange.bound([run, kind], [run, kind, []]));
    const [segments, frames] = await Promise.all([of('segment'), of('frame')]);
    // A run that went back to its checkpoint has not got as far as what was recorded.
    const reached = frames.filter((frame) => !(Number((frame as RecordedFrame).step) > last));
    const used = new Set(reached.map((frame) => (frame as RecordedFrame).segment));
    const own = segments.filter((segment) => used.has((segment as RecordedSegment).number));
    return parseRecording(experiment, last, { stride: head.stride, segments: own, frames: reached });
  }, limits.weights);

/** Length of what was recorded of a run. */
export async function bytesRecorded(database: Database, run: string): Promise<number> {
  const head = (await database.get('recordings', [run, 'head', 0])) as Partial<Head> | undefined;
  return Number(head?.bytes ?? 0) || 0;
}

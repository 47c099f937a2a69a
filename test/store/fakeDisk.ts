import { ProblemError } from '../../src/config/problems';
import type { Recording } from '../../src/config/recording';
import type { Reached } from '../../src/config/results';
import { parseRecording } from '../../src/storage/keptRecording';
import type { ArmState, KeptRun, Loaded, RunRecord } from '../../src/storage/runs';
import type { SessionParts } from '../../src/worker/sessionParts';

export const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
export const never = new Promise<never>(() => {});

/** What outlives a worker and a page. */
export class Disk {
  runs = new Map<string, KeptRun>();
  notes = new Map<string, Reached>();
  /** States of every step that was kept and may still be wanted, by run. */
  states = new Map<string, Map<number, Record<string, ArmState>>>();
  /** What was recorded of runs, with their births. */
  recordings = new Map<string, { birth: string; recording: Recording }>();
  /** `full` refuses, `silent` never answers. */
  state: 'well' | 'full' | 'silent' = 'well';

  /** As one worker sees it; nothing of a dead worker is written. */
  seenBy(isGone: () => boolean): SessionParts['runs'] {
    const reach = async () => {
      await pause(15);
      if (isGone()) await never;
      // As storage does it: what never answers is given up.
      if (this.state === 'silent') await pause(3000);
      if (this.state !== 'well') throw new ProblemError('storageFull');
    };
    const load = (id: string): Loaded => {
      const run = this.runs.get(id);
      return run ? { kind: 'run', run: { ...run, reached: this.notes.get(id) ?? null } } : { kind: 'none' };
    };
    return {
      loadRun: async (id) => {
        await reach();
        return load(id);
      },
      loadNewestRun: async () => {
        await reach();
        const [newest] = [...this.runs.values()].sort((a, b) => b.record.savedAt - a.record.savedAt);
        return newest ? load(newest.record.id) : { kind: 'none' };
      },
      keepRun: async (record: RunRecord, arms: Record<string, ArmState> | null, reached: Reached | null) => {
        await reach();
        const before = this.runs.get(record.id);
        if (!arms && before?.record.step !== record.step) throw new Error('States of another step');
        this.runs.set(record.id, structuredClone({ record, arms: arms ?? before!.arms, reached: null }));
        const states = this.states.get(record.id) ?? new Map();
        this.states.set(record.id, states);
        if (arms) states.set(record.step, structuredClone(arms));
        for (const step of [...states.keys()]) {
          const stay = [record.step, ...(record.borders ?? []), ...(record.checkpoints ?? [])];
          if (!stay.includes(step)) states.delete(step);
        }
        if (arms) this.notes.delete(record.id);
        if (reached) this.notes.set(record.id, structuredClone(reached));
        return { gaveWay: 0, kept: true, letGo: false };
      },
      keepReached: async (id, reached) => {
        await reach();
        this.notes.set(id, structuredClone(reached));
      },
      loadBorder: async (id, choose) => {
        await reach();
        const record = this.runs.get(id)?.record;
        const step = record ? choose(record) : null;
        const arms = step === null ? undefined : this.states.get(id)?.get(step);
        return record && step !== null && arms ? structuredClone({ record, step, arms }) : null;
      },
      keepRecording: async (id, birth, recording) => {
        await reach();
        this.recordings.set(id, structuredClone({ birth, recording }));
      },
      loadRecording: async (id, { birth, experiment }, last) => {
        await reach();
        const kept = this.recordings.get(id);
        if (kept?.birth !== birth) return null;
        const { segments, stride, frames } = structuredClone(kept.recording);
        const reached = frames.filter(({ step }) => step <= last);
        const own = segments.filter(({ number }) => reached.some(({ segment }) => segment === number));
        return parseRecording(experiment, last, { stride, segments: own, frames: reached });
      },
      clearRun: async (id) => {
        await reach();
        this.states.delete(id);
        this.recordings.delete(id);
        this.runs.delete(id);
        this.notes.delete(id);
      },
    };
  }
}

/**
 * States on the way that stay, thinned evenly, so that a run can go on otherwise from there: checkpoints that were taken anyway.
 * In memory only as long as they are not on disk.
 */
import { bytesOf } from '../storage/armState';
import type { Kept } from './kept';

/** States that stay at most, and their bytes, in memory and on disk alike. */
export const checkpointBounds = { states: 16, bytes: 64_000_000 } as const;

interface Checkpoint {
  step: number;
  /** Null: on disk alone. */
  kept: Kept | null;
  onDisk: boolean;
}

export class Checkpoints {
  /** In the order of their steps. */
  private all: Checkpoint[];

  /** @param onDisk steps whose states are on disk under this run's name */
  constructor(
    onDisk: readonly number[],
    private readonly tell: (steps: number[]) => void,
  ) {
    this.all = onDisk.map((step) => ({ step, kept: null, onDisk: true }));
  }

  get steps(): number[] {
    return this.all.map(({ step }) => step);
  }

  /** Those that are on disk before this step. */
  onDiskBefore(step: number): number[] {
    return this.all.filter((own) => own.onDisk && own.step < step).map((own) => own.step);
  }

  /** From the newest on, those at or before a step. */
  upTo(step: number): readonly Readonly<Checkpoint>[] {
    return this.all.filter((own) => own.step <= step).reverse();
  }

  /** The last good state, which is to stay. That of step 0 the seed gives again. */
  take(kept: Kept) {
    const { step } = kept.snapshot;
    if (step === 0 || this.all.at(-1)?.step === step) return;
    const before = this.all.filter((own) => own.step < step);
    this.put(thinned([...before, { step, kept, onDisk: false }], mostOf(kept)));
  }

  /** A state has been written. */
  written(step: number) {
    this.all = this.all.map((own) => (own.step === step ? { step, kept: null, onDisk: true } : own));
  }

  /** Those on disk had to make room. @param except the one that has just been written */
  letGo(except: number) {
    this.put(
      this.all.flatMap((own) => {
        if (own.step === except) return [own];
        return own.kept ? [{ ...own, onDisk: false }] : [];
      }),
    );
  }

  /** The run was taken back to a step. */
  takeBack(step: number) {
    this.put(this.all.filter((own) => own.step <= step));
  }

  private put(all: Checkpoint[]) {
    const before = String(this.steps);
    this.all = all;
    if (String(this.steps) !== before) this.tell(this.steps);
  }
}

/** How many states of this size may stay. */
function mostOf({ snapshot }: Kept): number {
  const bytes = Object.values(snapshot.arms).reduce((sum, arm) => sum + bytesOf(arm), 0);
  return Math.min(checkpointBounds.states, Math.floor(checkpointBounds.bytes / Math.max(1, bytes)));
}

/** Of too many the one whose neighbours lie closest together goes, the first with step 0 before it; the newest stays. */
function thinned(all: Checkpoint[], most: number): Checkpoint[] {
  if (most === 0) return [];
  let left = all;
  while (left.length > most) {
    const gap = (i: number) => (left[i + 1]?.step ?? Number.POSITIVE_INFINITY) - (left[i - 1]?.step ?? 0);
    let spare = 0;
    for (let i = 1; i < left.length; i++) if (gap(i) < gap(spare)) spare = i;
    left = left.filter((_, i) => i !== spare);
  }
  return left;
}

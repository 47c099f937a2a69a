/** The last good state of a run: in memory for a fault, on disk for everything else. */
import { problemOf } from '../config/problems';
import type { Reached, RunHistory } from '../config/results';
import type { Emit } from '../protocol/port';
import { isFiniteSnapshot } from '../train/snapshot';
import { Checkpoints } from './checkpoints';
import type { Kept } from './kept';
import { Latest } from './latest';
import type { RunCourse } from './runCourse';

export interface KeeperParts {
  emit: Emit;
  /** The state that the run begins in, where it is not that of step 0. */
  kept: Kept | null;
  /** The step whose states are on disk under this run's name; null where none are. */
  onDisk: number | null;
  /** Steps of ends of stages that may be on disk. */
  borders: readonly number[];
  /** Steps on the way whose states may be on disk. */
  checkpoints: readonly number[];
  /**
   * Writes a checkpoint; `withStates` is false where those on disk are of this step. States of the steps in `stay` that are on
   * disk stay there; `letGo` is true where those on the way had to go.
   */
  save: (
    kept: Kept,
    withStates: boolean,
    reached: Reached | null,
    stay: { borders: number[]; checkpoints: number[] },
  ) => Promise<{ gaveWay: number; kept: boolean; letGo: boolean }>;
  /** Writes how far the run got since. */
  saveReached: (reached: Reached) => Promise<void>;
}

export class Keeper {
  /** Null: the state of step 0, which the seed gives again. */
  kept: Kept | null;
  /** The ends of stages that were done in this worker, by step: from there a run can go on otherwise. */
  readonly borders = new Map<number, Kept>();
  /** States on the way from which it can, too. */
  readonly ways: Checkpoints;
  /** Steps of all of them, those on disk too. */
  private readonly borderSteps: Set<number>;
  private onDisk: number | null;
  /** What was noted last. */
  private noted: Reached | null = null;
  private told = false;
  private readonly checkpoints = new Latest<Kept>((kept) => this.write(kept));
  private readonly notes: Latest<Reached>;

  constructor(private readonly parts: KeeperParts) {
    this.kept = parts.kept;
    this.onDisk = parts.onDisk;
    this.borderSteps = new Set(parts.borders);
    this.ways = new Checkpoints(parts.checkpoints, (steps) => parts.emit('checkpointsKept', { steps }));
    // A disk that takes nothing is told of by the checkpoints.
    this.notes = new Latest((reached) => parts.saveReached(reached).catch(() => {}));
  }

  /** The step of the last good state. */
  get step(): number {
    return this.kept?.snapshot.step ?? 0;
  }

  /** Keeps the arms: in memory at once, on disk as soon as it is free. Numbers that aren't finite are not kept. */
  async take(
    course: Pick<RunCourse, 'step' | 'experiment' | 'takeSnapshot'>,
    history: RunHistory,
    sentence: string,
  ) {
    const { experiment, step } = course;
    let snapshot = this.kept?.snapshot;
    if (snapshot?.step !== step) {
      snapshot = await course.takeSnapshot();
      if (!isFiniteSnapshot(snapshot)) return;
    }
    this.kept = { snapshot, experiment, history, sentence };
    this.ways.take(this.kept);
    this.checkpoints.put(this.kept);
  }

  /** The last good state is the end of a stage, and stays. */
  keepBorder() {
    if (!this.kept) return;
    const { step } = this.kept.snapshot;
    this.borders.set(step, this.kept);
    this.borderSteps.add(step);
  }

  /** Writes the last good state again where another one is on disk: the run went back to it. */
  rewrite() {
    this.ways.takeBack(this.step);
    if (this.kept && this.kept.snapshot.step !== this.onDisk) this.checkpoints.put(this.kept);
  }

  /** Notes on disk how far the run is. Doesn't wait. */
  note(reached: Reached) {
    this.noted = reached;
    this.notes.put(reached);
  }

  /** Resolves when nothing is being written. */
  async settled() {
    await Promise.all([this.checkpoints.settled(), this.notes.settled()]);
  }

  /** Nothing more is written, and what waits for it isn't either. */
  stop() {
    this.checkpoints.stop();
    this.notes.stop();
  }

  private async write(kept: Kept) {
    const { step } = kept.snapshot;
    try {
      const borders = [...this.borderSteps].filter((border) => border < step);
      const checkpoints = this.ways.onDiskBefore(step);
      const save = (withStates: boolean) =>
        this.parts.save(kept, withStates, furtherThan(step, this.noted), { borders, checkpoints });
      let saved = await save(step !== this.onDisk);
      // Someone has deleted the states meanwhile.
      if (!saved.kept) saved = await save(true);
      const { gaveWay, letGo } = saved;
      this.onDisk = step;
      this.ways.written(step);
      if (letGo) this.ways.letGo(step);
      this.told = false;
      this.parts.emit('checkpointSaved', { step });
      if (gaveWay > 0) this.parts.emit('gaveWay', { runs: gaveWay });
    } catch (error) {
      if (!this.told) this.parts.emit('notSaved', { problem: problemOf(error) });
      this.told = true;
    }
  }
}

const furtherThan = (step: number, noted: Reached | null) => (noted && noted.step > step ? noted : null);

/** A person's own labelled rows: read and looked at beside a run that goes on, then known by their key. */
import type { RowsSource } from '../config/experiment';
import { ProblemError, problemOf } from '../config/problems';
import type { RowsCorrections, RowsLook, RowsReading } from '../config/rowsPreview';
import { shortName } from '../data/textName';
import type { Tokenizer } from '../data/tokenizer';
import { part, type Slices, Work, type WorkOptions } from '../data/work';
import type { Emit } from '../protocol/port';
import { listRows, loadRows, saveRows } from '../storage/rows';
import { fitting } from '../tasks/encode';
import { OwnRows, readingOwnRows } from '../tasks/own/ownRows';
import { rowsKey } from '../tasks/own/rowsKey';
import type { LabelledData } from '../tasks/rows';

/** The model that rows are looked at for: the one of the run that is open. */
export interface RowsContext {
  tokenizer: Tokenizer;
  /** Tokens that it reads at most. */
  positions: number;
}

/** Runs slices with breaths, progress and a way to call them off. */
export type RunSlices = <T>(slices: Slices<T>) => Promise<T>;

interface OpenFile {
  name: string;
  bytes: ArrayBuffer;
  rows: OwnRows;
  look: RowsLook | null;
}

interface TakenRows {
  source: RowsSource;
  bytes: ArrayBuffer;
  reading: RowsReading;
  data: LabelledData;
  /** Stored once an experiment uses them: they may only have been looked at. */
  stored: boolean;
}

export class OwnRowsFiles {
  private current: AbortController | null = null;
  /** The file that is looked at. */
  private file: OpenFile | null = null;
  /** The rows that were taken last. */
  private taken: TakenRows | null = null;

  /** @param pacing how the work breathes, for tests */
  constructor(
    private readonly emit: Emit,
    private readonly pacing: Pick<WorkOptions, 'now' | 'breathe'> = {},
  ) {}

  /**
   * Opens a file and looks at it; `context` is null while no experiment is open. An import that is under way ends.
   * @throws ProblemError where there is nothing to look at (as `decodingRows`), or cancelled
   */
  async open(
    { name, bytes }: { name: string; bytes: ArrayBuffer },
    context: RowsContext | null,
  ): Promise<RowsLook> {
    this.file = null;
    return this.work(bytes.byteLength, async (run) => {
      const rows = await run(OwnRows.opening(new Uint8Array(bytes)), 0, 0.3);
      const file: OpenFile = { name: shortName(name), bytes, rows, look: null };
      this.file = file;
      return this.looking(file, {}, context, run);
    });
  }

  /**
   * Looks at the same file as a person corrects how it is read.
   * @throws ProblemError cancelled, also where no file is open any more
   */
  async look(corrections: RowsCorrections, context: RowsContext | null): Promise<RowsLook> {
    const { file } = this;
    if (!file) throw new ProblemError('cancelled');
    file.look = null;
    return this.work(file.bytes.byteLength, (run) => this.looking(file, corrections, context, run));
  }

  /**
   * Takes the rows as they were looked at last.
   * @throws ProblemError cancelled where no file is open, or the reason why they can't be taken
   */
  async take(): Promise<RowsSource> {
    const { file } = this;
    const data = file?.rows.data;
    const preview = file?.look?.preview;
    if (file?.look?.problem) throw new ProblemError(file.look.problem.code, file.look.problem.values);
    if (!file || !data || !preview) throw new ProblemError('cancelled');
    const { name, bytes } = file;
    const reading = { layout: preview.layout, columns: preview.columns };
    const id = await new Work(this.pacing).run(rowsKey(new Uint8Array(bytes), reading));
    const source: RowsSource = { kind: 'rows', id, name, labels: data.labels.length };
    this.taken = { source, bytes, reading, data, stored: false };
    return source;
  }

  /** Ends what is under way, if anything: it is refused as cancelled. The file is let go of; rows that were taken stay. */
  cancel() {
    this.abort();
    this.file = null;
  }

  /**
   * The rows that an experiment names: those taken last, which are stored now that they are used, else those kept in this
   * browser.
   * @param run how the work is done
   * @throws ProblemError rowsMissing; of the storage
   */
  async load(source: RowsSource, run: RunSlices = (slices) => new Work().run(slices)): Promise<LabelledData> {
    const { id, name, labels } = source;
    const data = this.taken?.source.id === id ? this.store(this.taken) : await this.loadKept(id, run);
    // A link may speak of what was never under this key.
    if (data?.labels.length !== labels) throw new ProblemError('rowsMissing', { name: name || id, id });
    return data;
  }

  /** The files of all rows that are known here, for whoever wants their words. */
  async files(): Promise<ArrayBuffer[]> {
    const known = this.taken ? [this.taken.bytes] : [];
    try {
      for (const { id } of await listRows()) {
        const kept = this.taken?.source.id === id ? null : await loadRows(id);
        if (kept) known.push(kept.bytes);
      }
    } catch {
      // Storage that can't be read holds none.
    }
    return known;
  }

  private async looking(
    file: OpenFile,
    corrections: RowsCorrections,
    context: RowsContext | null,
    run: <T>(slices: Slices<T>, from: number, to: number) => Promise<T>,
  ): Promise<RowsLook> {
    const { rows } = file;
    const { encoding } = rows;
    let look: RowsLook;
    try {
      const preview = await run(rows.previewing(corrections), 0.3, 0.7);
      const { layout, problem } = preview;
      const { data } = rows;
      const all = data && context && [...data.train, ...data.heldOut];
      const fit = all && (await run(fitting(context.tokenizer, all, context.positions), 0.7, 1));
      look = { encoding, layout, preview, problem, fit };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'cancelled' || !(error instanceof ProblemError)) throw error;
      // Another layout may help.
      const layout = corrections.layout ?? rows.layout;
      look = { encoding, layout, preview: null, problem, fit: null };
    }
    file.look = look;
    return look;
  }

  private abort() {
    this.current?.abort();
    this.current = null;
  }

  private async work<T>(
    total: number,
    task: (run: <U>(slices: Slices<U>, from: number, to: number) => Promise<U>) => Promise<T>,
  ): Promise<T> {
    this.abort();
    const controller = new AbortController();
    this.current = controller;
    const work = new Work({
      ...this.pacing,
      signal: controller.signal,
      onProgress: (share) => this.emit('importing', { loaded: Math.round(share * total), total }),
    });
    try {
      return await task(async (slices, from, to) => {
        const result = await work.run(part(slices, from, to));
        // Work that was done within a breath has heard of nothing.
        if (controller.signal.aborted) throw new ProblemError('cancelled');
        return result;
      });
    } finally {
      if (this.current === controller) this.current = null;
    }
  }

  /** Where they can't be stored the run goes on with them, and that is told. */
  private store(taken: TakenRows): LabelledData {
    const { source, bytes, reading, data } = taken;
    if (!taken.stored) {
      taken.stored = true;
      const { id, name, labels } = source;
      const rows = data.train.length + data.heldOut.length;
      saveRows({ id, name, labels, rows, reading, bytes }).catch((error) =>
        this.emit('notSaved', { problem: problemOf(error) }),
      );
    }
    return data;
  }

  /** Null where they are not kept, or not as they were. */
  private async loadKept(id: string, run: RunSlices): Promise<LabelledData | null> {
    const kept = await loadRows(id);
    if (!kept) return null;
    try {
      if ((await run(rowsKey(new Uint8Array(kept.bytes), kept.reading))) !== id) return null;
      return await run(readingOwnRows(new Uint8Array(kept.bytes), kept.reading));
    } catch (error) {
      if (problemOf(error).code === 'cancelled') throw error;
      return null;
    }
  }
}

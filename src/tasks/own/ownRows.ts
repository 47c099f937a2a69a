/** People's own rows: read once, looked at as often as a person corrects how they are read, then taken. */
import { type Problem, ProblemError, problemOf } from '../../config/problems';
import type {
  RowsColumns,
  RowsCorrections,
  RowsPreview,
  TableLayout,
  TextEncoding,
} from '../../config/rowsPreview';
import { metricOf } from '../../config/tasks';
import { part, type Slices } from '../../data/work';
import { type LabelledData, labelCounts } from '../rows';
import { columnFacts, guessColumns } from './columns';
import { decodingRows, readingTable, recognise, type Table } from './table';
import { type CountedRows, countingRows, takingRows } from './takeRows';

const shown = { rows: 8, length: 200 };

/** A file that is looked at. Its text is kept, since another layout means another table. */
export class OwnRows {
  private table: Table | null = null;
  /** What the last preview would give; null where it can't be taken. */
  data: LabelledData | null = null;

  private constructor(
    private readonly text: string,
    readonly encoding: TextEncoding,
  ) {}

  /** @throws ProblemError as `decodingRows` */
  static *opening(bytes: Uint8Array): Slices<OwnRows> {
    const { text, encoding } = yield* decodingRows(bytes);
    return new OwnRows(text, encoding);
  }

  /** What parts the columns, without looking further; null where nothing does. */
  get layout(): TableLayout | null {
    try {
      return recognise(this.text);
    } catch {
      return null;
    }
  }

  /**
   * What the file gives, read as corrected so far. That it makes no task is part of it, since a correction may help.
   * @throws ProblemError as `readingTable`, where there is no table to show
   */
  *previewing({ layout, columns }: RowsCorrections = {}): Slices<RowsPreview> {
    this.data = null;
    const table = yield* part(this.reading(layout), 0, 0.4);
    const chosen = fitting(columns, table) ?? guessColumns(table);
    const counted = yield* part(countingRows(table, chosen), 0.4, 0.8);
    const taken = yield* part(takenOrProblem(counted), 0.8, 1);
    this.data = 'code' in taken ? null : taken;
    return previewOf(table, chosen, counted, taken);
  }

  /** @throws ProblemError as `readingTable` and `takingRows` */
  *taking({ layout, columns }: RowsCorrections = {}): Slices<LabelledData> {
    const table = yield* part(this.reading(layout), 0, 0.4);
    const counted = yield* part(
      countingRows(table, fitting(columns, table) ?? guessColumns(table)),
      0.4,
      0.8,
    );
    return yield* part(takingRows(counted), 0.8, 1);
  }

  private *reading(layout: TableLayout | undefined): Slices<Table> {
    const known = this.table?.layout;
    const asKnown = known && layout && known.format === layout.format && known.quotes === layout.quotes;
    if (!this.table || (layout && !asKnown)) this.table = yield* readingTable(this.text, layout);
    return this.table;
  }
}

/** A person's rows as they were taken, for instance from what the browser kept. */
export function* readingOwnRows(bytes: Uint8Array, reading: RowsCorrections = {}): Slices<LabelledData> {
  const rows = yield* part(OwnRows.opening(bytes), 0, 0.3);
  return yield* part(rows.taking(reading), 0.3, 1);
}

/** Columns that this table has, each for one purpose; null where they were chosen for another. */
function fitting(columns: RowsColumns | undefined, { width, keys }: Table): RowsColumns | null {
  if (!columns) return null;
  const { label, a, b } = columns;
  const used = b === null ? [label, a] : [label, a, b];
  const fit = used.every((column) => Number.isInteger(column) && column >= 0 && column < width);
  if (!fit || new Set(used).size < used.length) return null;
  return keys ? { ...columns, header: false } : columns;
}

function* takenOrProblem(counted: CountedRows): Slices<LabelledData | Problem> {
  try {
    return yield* takingRows(counted);
  } catch (error) {
    if (error instanceof ProblemError) return problemOf(error);
    throw error;
  }
}

function previewOf(
  table: Table,
  columns: RowsColumns,
  { labels, rows, leftOut }: CountedRows,
  taken: LabelledData | Problem,
): RowsPreview {
  const { layout, keys, records } = table;
  const { header } = columns;
  const problem = 'code' in taken ? taken : null;
  const names = keys ?? (header ? records[0].fields : null);
  const counts = labelCounts(rows, labels.length);
  const first = header ? 1 : 0;
  const listed = labels.slice(0, shown.rows * shown.rows);
  return {
    layout,
    columns,
    columnFacts: columnFacts(table, header).map(({ distinct }, i) => ({
      name: names ? names[i] : null,
      distinct,
    })),
    firstRows: records.slice(first, first + shown.rows).map(({ fields }) => fields.map(cut)),
    rows: records.length - first + table.ragged + table.notJson,
    leftOut,
    labels: listed.map((name, i) => ({ name: cut(name), rows: counts[i] })),
    unlisted: labels.length - listed.length,
    train: 'code' in taken ? 0 : taken.train.length,
    heldOut: 'code' in taken ? 0 : taken.heldOut.length,
    metric: metricOf(counts),
    problem,
  };
}

/** Never between the halves of a character. */
const cut = (text: string) =>
  text.length <= shown.length ? text : `${text.slice(0, shown.length).replace(/[\ud800-\udbff]$/, '')}…`;

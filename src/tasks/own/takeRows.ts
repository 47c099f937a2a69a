/** Labelled rows from a table, each text once, and what could not be used. */
import { bounds } from '../../config/bounds';
import { ProblemError } from '../../config/problems';
import type { RowsColumns, RowsLeftOut } from '../../config/rowsPreview';
import { part, type Slices, sliceLength } from '../../data/work';
import type { LabelledData, LabelledRow } from '../rows';
import { splittingRows } from '../split';
import type { Table } from './table';

/** What a table gives before anything is asked of it. */
export interface CountedRows {
  /** In the order of the logits: numbers by size, else by UTF-16 units. */
  labels: string[];
  rows: LabelledRow[];
  leftOut: RowsLeftOut;
}

/** NLI's files write this where their judges did not agree. */
const noLabel = new Set(['', '-']);

interface Candidate {
  label: string;
  a: string;
  b?: string;
}

/** The rows that can be used. */
export function* countingRows(table: Table, columns: RowsColumns): Slices<CountedRows> {
  const { ragged, notJson } = table;
  const leftOut: RowsLeftOut = {
    ragged,
    notJson,
    emptyText: 0,
    noLabel: 0,
    duplicate: 0,
    contradictory: 0,
    lonelyLabel: 0,
  };
  const filled = yield* part(fillingRows(table, columns, leftOut), 0, 0.5);
  const agreed = yield* part(leavingOutRepeats(filled, leftOut), 0.5, 1);
  const counts = new Map<string, number>();
  for (const { label } of agreed) counts.set(label, (counts.get(label) ?? 0) + 1);
  const kept = agreed.filter(({ label }) => counts.get(label)! > 1);
  leftOut.lonelyLabel = agreed.length - kept.length;
  const labels = inOrder([...counts].filter(([, count]) => count > 1).map(([label]) => label));
  const indices = new Map(labels.map((label, i) => [label, i]));
  const rows = kept.map(({ label, ...texts }): LabelledRow => ({ label: indices.get(label)!, ...texts }));
  return { labels, rows, leftOut };
}

/**
 * The two sides, where the rows make a task.
 * @throws ProblemError rowsNoLabel, rowsOneLabel, rowsManyLabels, rowsTooFew, rowsTooMany, rowsNoneHeldOut
 */
export function* takingRows({ labels, rows, leftOut }: CountedRows): Slices<LabelledData> {
  const lost = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  if (rows.length === 0 && leftOut.noLabel > lost / 2) throw new ProblemError('rowsNoLabel');
  if (labels.length > bounds.taskLabels.max) {
    throw new ProblemError('rowsManyLabels', { labels: labels.length, most: bounds.taskLabels.max });
  }
  const { min: least, max: most } = bounds.taskRows;
  if (rows.length < least) throw new ProblemError('rowsTooFew', { rows: rows.length, leftOut: lost, least });
  if (rows.length > most) throw new ProblemError('rowsTooMany', { most });
  if (labels.length < bounds.taskLabels.min) throw new ProblemError('rowsOneLabel', { label: labels[0] });
  const split = yield* splittingRows(rows, labels.length);
  if (split.heldOut.length === 0 || split.train.length === 0) {
    throw new ProblemError('rowsNoneHeldOut', { rows: rows.length });
  }
  return { labels, ...split };
}

function* fillingRows(
  { records }: Table,
  { header, label, a, b }: RowsColumns,
  leftOut: RowsLeftOut,
): Slices<Candidate[]> {
  const candidates: Candidate[] = [];
  let read = 0;
  for (let i = header ? 1 : 0; i < records.length; i++) {
    const { fields } = records[i];
    const first = tidy(fields[a]);
    const second = b === null ? undefined : tidy(fields[b]);
    const name = tidy(fields[label]);
    if (first === '' || second === '') leftOut.emptyText += 1;
    else if (noLabel.has(name)) leftOut.noLabel += 1;
    else candidates.push({ label: name, a: first, ...(second === undefined ? {} : { b: second }) });
    read += first.length + (second?.length ?? 0);
    if (read < sliceLength) continue;
    read = 0;
    yield i / records.length;
  }
  return candidates;
}

/** Each text, or pair of texts, once, whatever the case of its letters; none where its labels contradict each other. */
function* leavingOutRepeats(candidates: readonly Candidate[], leftOut: RowsLeftOut): Slices<Candidate[]> {
  const labels = new Map<string, string | null>();
  const keys: string[] = [];
  let read = 0;
  for (const { a, b, label } of candidates) {
    const key = `${a}\n${b ?? ''}`.toLowerCase();
    const known = labels.get(key);
    labels.set(key, known === undefined || known === label ? label : null);
    keys.push(key);
    read += key.length;
    if (read < sliceLength) continue;
    read = 0;
    yield keys.length / candidates.length;
  }
  const seen = new Set<string>();
  return candidates.filter((_, i) => {
    const key = keys[i];
    if (labels.get(key) === null) {
      leftOut.contradictory += 1;
      return false;
    }
    if (seen.has(key)) {
      leftOut.duplicate += 1;
      return false;
    }
    seen.add(key);
    return true;
  });
}

const tidy = (field: string) => field.trim().split(/\s+/).join(' ');

function inOrder(labels: readonly string[]): string[] {
  const areNumbers = labels.every((label) => label !== '' && Number.isFinite(Number(label)));
  return areNumbers
    ? [...labels].sort((one, other) => Number(one) - Number(other) || (one < other ? -1 : 1))
    : [...labels].sort();
}

/** Tables in JSON Lines: an object a line, whose keys are the columns. */
import { bounds } from '../../config/bounds';
import { ProblemError } from '../../config/problems';
import { type Slices, sliceLength } from '../../data/work';
import type { TableRecord } from './delimited';

/** Keys that are columns; later ones are not looked at. */
const mostKeys = 100;

export interface JsonTable {
  keys: string[];
  records: TableRecord[];
  width: number;
  notJson: number;
}

/**
 * Strings as they are, numbers and truth values as written; a missing key, null and what is nested are empty fields.
 * @throws ProblemError rowsNoColumns where no line has two keys, rowsTooMany
 */
export function* parsingJsonLines(text: string): Slices<JsonTable> {
  const keys = new Map<string, number>();
  const records: TableRecord[] = [];
  let notJson = 0;
  let line = 0;
  let told = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const written = text.slice(start, end).trim();
    start = end + 1;
    line += 1;
    if (written !== '') {
      const object = objectIn(written);
      if (object) records.push({ fields: fieldsOf(object, keys), line });
      else notJson += 1;
    }
    if (records.length > bounds.taskRows.max)
      throw new ProblemError('rowsTooMany', { most: bounds.taskRows.max });
    if (start - told < sliceLength) continue;
    told = start;
    yield start / text.length;
  }
  const width = keys.size;
  if (width < 2) throw new ProblemError('rowsNoColumns');
  for (const { fields } of records) while (fields.length < width) fields.push('');
  return { keys: [...keys.keys()], records, width, notJson };
}

function objectIn(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** The values in the columns' order; new keys become columns. */
function fieldsOf(object: object, keys: Map<string, number>): string[] {
  const fields: string[] = [];
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    let column = keys.get(key);
    if (column === undefined) {
      if (keys.size === mostKeys) continue;
      column = keys.size;
      keys.set(key, column);
    }
    while (fields.length < column) fields.push('');
    fields[column] = typeof value === 'string' ? value : isPlain(value) ? String(value) : '';
  }
  return fields;
}

const isPlain = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';

/** Tables in TSV, CSV and the like: Papa Parse's parser, slice by slice, and what it finds broken said once. */
import Papa from 'papaparse';
import { bounds } from '../../config/bounds';
import { ProblemError } from '../../config/problems';
import type { TableLayout } from '../../config/rowsPreview';
import { type Slices, sliceLength } from '../../data/work';

/** A record of the file, and the line that it begins in, from 1. */
export interface TableRecord {
  fields: string[];
  line: number;
}

/** Characters of a record, at most: a quote that nobody closed would take in the rest of the file. */
const longestRecord = 1_048_576;

export const delimiters = { tab: '\t', comma: ',', semicolon: ';', bar: '|' } as const;
export type Delimited = Omit<TableLayout, 'format'> & { format: keyof typeof delimiters };

/**
 * The records of a text whose lines end in \n, without empty lines.
 * @throws ProblemError rowsBrokenQuote, rowsTooMany
 */
export function* parsingDelimited(text: string, { format, quotes }: Delimited): Slices<TableRecord[]> {
  const parser = new Papa.Parser({
    delimiter: delimiters[format],
    newline: '\n',
    ...(quotes ? {} : { fastMode: true }),
  });
  const records: TableRecord[] = [];
  let line = 1;
  let size = 8 * sliceLength;
  for (let start = 0; start < text.length; ) {
    const last = start + size >= text.length;
    const slice = text.slice(start, start + size);
    const { data, errors, meta } = parser.parse(slice, 0, !last);
    // In a record that the slice cuts, what looks broken may be whole.
    const broken = errors.find(({ index }) => last || index < meta.cursor);
    if (broken) {
      throw new ProblemError('rowsBrokenQuote', { line: line + countLines(slice.slice(0, broken.index)) });
    }
    if (meta.cursor === 0) {
      if (size >= longestRecord) throw new ProblemError('rowsBrokenQuote', { line });
      // A record that is longer than a slice: once more, with twice as much.
      size *= 2;
      continue;
    }
    size = 8 * sliceLength;
    for (const fields of data) {
      if (fields.length > 1 || fields[0].trim() !== '') records.push({ fields, line });
      line += 1;
      for (const field of fields) line += countLines(field);
    }
    // With the header, and one more than that to tell that there are too many.
    if (records.length > bounds.taskRows.max + 1)
      throw new ProblemError('rowsTooMany', { most: bounds.taskRows.max });
    start += meta.cursor;
    yield start / text.length;
  }
  return records;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** How evenly a sign parts the lines: the share of records with the usual number of fields, 0 where that is 1. */
export interface Evenness {
  share: number;
  fields: number;
}

export function evenness(records: readonly TableRecord[]): Evenness {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let [fields, most] = [1, 0];
  for (const [width, count] of counts) if (count > most) [fields, most] = [width, count];
  return { fields, share: fields === 1 ? 0 : most / records.length };
}

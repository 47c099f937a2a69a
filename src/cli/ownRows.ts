/** A person's own rows, from a file on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { RowsSource } from '../config/experiment';
import { ProblemError } from '../config/problems';
import { shortName } from '../data/textName';
import { finish } from '../data/work';
import { OwnRows } from '../tasks/own/ownRows';
import { rowsKey } from '../tasks/own/rowsKey';
import { checkRowsSize } from '../tasks/own/table';
import type { LabelledData } from '../tasks/rows';

/**
 * The rows of a file as the page recognises them, and what an experiment calls them.
 * @throws ProblemError as `OwnRows` has it; Error where there is no such file
 */
export function readRows(file: string): { source: RowsSource; data: LabelledData } {
  const bytes = readBytes(file);
  const rows = finish(OwnRows.opening(bytes));
  const { layout, columns, problem } = finish(rows.previewing());
  if (problem) throw new ProblemError(problem.code, problem.values);
  const data = rows.data!;
  const id = finish(rowsKey(bytes, { layout, columns }));
  const name = shortName(basename(file));
  return { source: { kind: 'rows', id, name, labels: data.labels.length }, data };
}

function readBytes(file: string): Uint8Array {
  try {
    checkRowsSize(statSync(file).size);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new Error(`--rows names the file “${file}”, which can’t be read. Check its path.`);
  }
}

/** Numbers as a file of RFC 4180, in full precision. */

export type Cell = string | number | null;
/** Lines of as many cells each, the first of which names them. */
export type Cells = readonly (readonly Cell[])[];

/** A field; text that a spreadsheet would take for a formula is told to be text, a number that is none is left out. */
function field(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);
  const text = isFormula ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvOf = (lines: Cells): string =>
  lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');

/** The mark at the beginning tells spreadsheets that it is UTF-8. */
export const csvFile = (lines: Cells): Blob =>
  new Blob([`\uFEFF${csvOf(lines)}`], { type: 'text/csv;charset=utf-8' });

/** The table's figures as a file, a line for each model, task and seed. */

/** A field of RFC 4180; what a spreadsheet would take for a formula is told to be text. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvOf = (lines: readonly (readonly (string | number | null)[])[]): string =>
  lines.map((line) => `${line.map((value) => (value === null ? '' : field(value))).join(',')}\r\n`).join('');

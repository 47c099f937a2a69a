/** A person's file as a table: its encoding, what parts its columns, its quotes. */
import { mostRowsBytes } from '../../config/bounds';
import { ProblemError, problemOf } from '../../config/problems';
import type { TableLayout } from '../../config/rowsPreview';
import { type DecodedText, decodingBytes } from '../../data/decodeText';
import { finish, part, type Slices, sliceLength } from '../../data/work';
import { type Delimited, delimiters, evenness, parsingDelimited, type TableRecord } from './delimited';
import { parsingJsonLines } from './jsonLines';

export interface Table {
  layout: TableLayout;
  /** Keys of JSON objects; null where names could only stand in the first line. */
  keys: string[] | null;
  /** Records of `width` fields each. */
  records: TableRecord[];
  width: number;
  /** Lines that are left out since they have another number of fields, or are no JSON object. */
  ragged: number;
  notJson: number;
}

/** Lines of another width up to which a table is one, 0 to 1. */
const mostRagged = 0.2;
const mostColumns = 100;
/** Characters that a layout is judged by. */
const sampleLength = 131_072;

/**
 * The text of a file of rows, its lines ended by \n.
 * @throws ProblemError rowsTooLarge, rowsBinary, textNotUtf8, rowsEmpty
 */
export function* decodingRows(bytes: Uint8Array): Slices<Pick<DecodedText, 'text' | 'encoding'>> {
  checkRowsSize(bytes.length);
  const { text, encoding } = yield* decodingOrBinary(bytes);
  if (text.trim() === '') throw new ProblemError('rowsEmpty');
  return { text: text.includes('\r') ? yield* endingLines(text) : text, encoding };
}

/** Lines that end in \r\n or \r, ended by \n. */
function* endingLines(text: string): Slices<string> {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + 8 * sliceLength);
    // Never between \r and \n.
    if (text[end - 1] === '\r' && end < text.length) end++;
    pieces.push(text.slice(start, end).replace(/\r\n?/g, '\n'));
    start = end;
    yield start / text.length;
  }
  return pieces.join('');
}

/** @throws ProblemError rowsTooLarge; asked before bytes are read, of a file's size */
export function checkRowsSize(bytes: number) {
  if (bytes > mostRowsBytes) throw new ProblemError('rowsTooLarge', { bytes, most: mostRowsBytes });
}

function* decodingOrBinary(bytes: Uint8Array) {
  try {
    return yield* decodingBytes(bytes);
  } catch (error) {
    if (problemOf(error).code === 'textBinary')
      throw new ProblemError('rowsBinary', undefined, { cause: error });
    throw error;
  }
}

/**
 * The table in a text.
 * @param layout as a person corrected it; recognised where it is not given
 * @throws ProblemError rowsNoColumns, rowsMixedColumns, rowsBrokenQuote, rowsJsonArray, rowsTooMany
 */
export function* readingTable(text: string, layout: TableLayout = recognise(text)): Slices<Table> {
  const { format, quotes } = layout;
  if (format === 'jsonLines') return { layout, ragged: 0, ...(yield* parsingJsonLines(text)) };
  const all = yield* part(parsingDelimited(text, { format, quotes }), 0, 0.9);
  const { fields: width } = evenness(all);
  if (width < 2 || width > mostColumns) throw new ProblemError('rowsNoColumns');
  const records = all.filter(({ fields }) => fields.length === width);
  const ragged = all.length - records.length;
  if (ragged > mostRagged * all.length) {
    const { line, fields } = all.find((record) => record.fields.length !== width)!;
    const share = Math.round((100 * ragged) / all.length);
    throw new ProblemError('rowsMixedColumns', { line, fields: fields.length, expected: width, share });
  }
  return { layout, keys: null, records, width, ragged, notJson: 0 };
}

/**
 * What parts the columns, and whether texts are quoted: the sign that parts the file's beginning most evenly, of equal
 * ones tab, comma, semicolon, bar. Tab-separated files of the kind of GLUE's have no quoting, and a stray quote is a
 * character there; elsewhere it is a fault that is told.
 * @throws ProblemError rowsNoColumns, rowsJsonArray
 */
export function recognise(text: string): TableLayout {
  const start = text.slice(0, sampleLength).trimStart();
  if (start.startsWith('{')) return { format: 'jsonLines', quotes: false };
  if (/^\[\s*[{[]/.test(start)) throw new ProblemError('rowsJsonArray');
  const cut = text.length > sampleLength ? text.lastIndexOf('\n', sampleLength) : -1;
  const sample = cut > 0 ? text.slice(0, cut) : text.slice(0, sampleLength);
  const formats = Object.keys(delimiters) as Delimited['format'][];
  let best: { layout: Delimited; share: number } | null = null;
  for (const format of formats) {
    const quoted = recordsOrNull(sample, { format, quotes: true });
    const plain = recordsOrNull(sample, { format, quotes: false });
    const asQuoted = quoted ? evenness(quoted).share : 0;
    const asPlain = plain ? evenness(plain).share : 0;
    const quotes = format !== 'tab' || areQuoted(quoted, plain);
    const share = Math.max(asQuoted, asPlain);
    if (share > (best?.share ?? 0)) best = { layout: { format, quotes }, share };
  }
  if (!best) throw new ProblemError('rowsNoColumns');
  return best.layout;
}

/** Quoted fields from which on a tab-separated file is taken for one with quoting, though a quote of it is broken. */
const manyQuoted = { fields: 10, share: 0.9 };

/**
 * Whether quotes of a tab-separated file are quoting: they all end where they should, and no text goes on over lines
 * (which is the mark of a quote that was never meant to be one); or nearly all of many do.
 */
function areQuoted(quoted: readonly TableRecord[] | null, plain: readonly TableRecord[] | null): boolean {
  if (quoted && !quoted.some(({ fields }) => fields.some((field) => field.includes('\n')))) return true;
  const opened = (plain ?? []).flatMap(({ fields }) => fields.filter((field) => field.startsWith('"')));
  const closed = opened.filter((field) => field.length > 1 && field.endsWith('"'));
  return closed.length >= manyQuoted.fields && closed.length >= manyQuoted.share * opened.length;
}

/** The records, or null where a quote is broken; the last line of a sample may be, since it is cut. */
function recordsOrNull(sample: string, layout: Delimited): TableRecord[] | null {
  try {
    return finish(parsingDelimited(sample, layout));
  } catch {
    return null;
  }
}

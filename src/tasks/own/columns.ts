/** Which column of a table is the label, and which are the texts: by their names, else by what is in them. */
import { bounds } from '../../config/bounds';
import type { RowsColumns } from '../../config/rowsPreview';
import type { Table } from './table';

/**
 * Names as GLUE's and Hugging Face's files have them, without case and signs; earlier ones are preferred (a label's words
 * to its number).
 */
const names = {
  label:
    'labeltext labelname labelstr goldlabel label labels class classlabel classname classindex category categories sentiment emotion feeling topic intent target gold quality isduplicate answerlabel y tag output',
  a: 'sentence1 text1 premise question1 texta sentencea string1 1string a question sentence text review content message comment tweet utterance headline title body document sms post input',
  b: 'sentence2 text2 hypothesis question2 textb sentenceb string2 2string b sentence context passage answer response description',
};
const lists = {
  label: names.label.split(' '),
  a: names.a.split(' '),
  b: names.b.split(' '),
};
const known = new Set([...lists.label, ...lists.a, ...lists.b]);
const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** What the values of a column tell. */
export interface ColumnFacts {
  /** Different values that are not empty, `mostDistinct` at most. */
  distinct: number;
  /** Share of numbers among those. */
  numbers: number;
  /** Characters and words of a value that is not empty, on average. */
  length: number;
  words: number;
  /** Rows with a value. */
  filled: number;
}

/** Beyond so many different values a column is no label, however many more there are. */
const mostDistinct = 1000;
/** Rows that are looked at. */
const judged = 5000;
/** A name of a column has so many characters at most; texts are longer. */
const longestName = 40;
/** A second column of text has words, and is no mere name or number. */
const leastWordsOfText = 2;

/** Facts of each column, of the first rows without the header. */
export function columnFacts({ records, width }: Table, header: boolean): ColumnFacts[] {
  return Array.from({ length: width }, (_, column) => {
    const values = new Set<string>();
    let [numbers, characters, words, filled] = [0, 0, 0, 0];
    for (let i = header ? 1 : 0; i < Math.min(judged, records.length); i++) {
      const value = records[i].fields[column].trim();
      if (value === '') continue;
      filled += 1;
      characters += value.length;
      words += value.split(/\s+/, 20).length;
      if (/^[-+]?\d+([.,]\d+)?$/.test(value)) numbers += 1;
      if (values.size < mostDistinct) values.add(value);
    }
    const each = Math.max(1, filled);
    return {
      distinct: values.size,
      numbers: numbers / each,
      length: characters / each,
      words: words / each,
      filled,
    };
  });
}

/** The columns as a guess that a person may correct. */
export function guessColumns(table: Table): RowsColumns {
  const header = hasHeader(table);
  const facts = columnFacts(table, header);
  const written = table.keys ?? (header ? table.records[0].fields : []);
  const named = byName(written, facts);
  const all = facts.map((_, column) => column);
  const unnamed = all.filter((column) => !Object.values(named).includes(column));

  const label = named.label ?? labelAmong(unnamed.length > 0 ? unnamed : all, facts);
  const free = unnamed.filter((column) => column !== label);
  const texts = free
    .filter((column) => facts[column].words >= leastWordsOfText && facts[column].numbers < 0.5)
    .sort((one, other) => facts[other].length - facts[one].length);
  if (named.a !== undefined && named.a !== label) {
    return { header, label, a: named.a, b: named.b === label ? null : (named.b ?? null) };
  }
  const a = texts[0] ?? free[0] ?? all.find((column) => column !== label)!;
  const second = texts[1];
  // Beyond two texts nobody knows, and a remark in some of the rows is none.
  if (second === undefined || texts.length > 2 || facts[second].filled < facts[a].filled / 2) {
    return { header, label, a, b: null };
  }
  return { header, label, a: Math.min(a, second), b: Math.max(a, second) };
}

function byName(
  written: readonly string[],
  facts: readonly ColumnFacts[],
): Partial<Record<'label' | 'a' | 'b', number>> {
  const columns = written.map(plain);
  const find = (list: readonly string[], others: readonly number[]) => {
    for (const name of list) {
      const column = columns.indexOf(name);
      // A column that is empty throughout, as hidden labels are, is no help.
      if (column >= 0 && !others.includes(column) && facts[column].filled > 0) return column;
    }
    return undefined;
  };
  const label = find(lists.label, []);
  const a = find(lists.a, label === undefined ? [] : [label]);
  const b = a === undefined ? undefined : find(lists.b, [a, label ?? -1]);
  return {
    ...(label === undefined ? {} : { label }),
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
  };
}

/** The column with the fewest different values that a task may have; of equal ones the one with the shortest. */
function labelAmong(columns: readonly number[], facts: readonly ColumnFacts[]): number {
  const { min, max } = bounds.taskLabels;
  const rank = (column: number) => {
    const { distinct, filled, length } = facts[column];
    const fits = distinct >= min && distinct <= max && distinct < filled;
    return [fits ? 0 : 1, distinct, length];
  };
  return [...columns].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? one - other : a[at] - b[at];
  })[0];
}

/**
 * Whether the first record names the columns: it holds names that are known and stand nowhere else in their columns, or
 * it is all short and different, and what stands in the label's column is no label of any other row.
 */
function hasHeader(table: Table): boolean {
  const { keys, records } = table;
  if (keys || records.length < 2) return false;
  const first = records[0].fields.map((field) => field.trim());
  // pandas leaves the name of its index empty.
  const unnamed = first.filter((field) => field === '').length;
  if (unnamed > 1 || first.some((field) => field.length > longestName)) return false;
  const isOnce = (column: number) =>
    records.slice(0, judged).every(({ fields }, i) => i === 0 || fields[column].trim() !== first[column]);
  if (first.some((field, column) => known.has(plain(field)) && isOnce(column))) return true;
  const areNames = unnamed === 0 && first.every((field) => field.split(/\s+/).length <= 2);
  if (!areNames || new Set(first).size < first.length) return false;
  const facts = columnFacts(table, true);
  const label = labelAmong(
    facts.map((_, column) => column),
    facts,
  );
  const repeats = facts[label].distinct <= facts[label].filled / 4;
  return repeats && isOnce(label) && facts.some(({ words }) => words >= leastWordsOfText);
}

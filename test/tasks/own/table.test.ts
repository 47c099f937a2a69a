import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { RowsFormat, TableLayout } from '../../../src/config/rowsPreview';
import { finish } from '../../../src/data/work';
import { delimiters } from '../../../src/tasks/own/delimited';
import { decodingRows, readingTable, recognise } from '../../../src/tasks/own/table';

const bytes = (text: string) => new TextEncoder().encode(text);
const tableOf = (text: string, layout?: TableLayout) =>
  finish(readingTable(finish(decodingRows(bytes(text))).text, layout));
const fieldsOf = (text: string, layout?: TableLayout) =>
  tableOf(text, layout).records.map(({ fields }) => fields);
const problem = (code: string, values?: object) =>
  expect.objectContaining({ problem: values ? { code, values } : expect.objectContaining({ code }) });

const quote = (field: string) => `"${field.replaceAll('"', '""')}"`;
const field = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '"', ',', ';', '|', '\t', '\n', 'é', '猫'),
  maxLength: 12,
});
const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((width) =>
    fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
  )
  .filter((rows) => rows.every((row) => row.some((value) => value.trim() !== '')));
const separated = fc.constantFrom<Exclude<RowsFormat, 'jsonLines'>>('tab', 'comma', 'semicolon', 'bar');

describe('what is written by RFC 4180', () => {
  test('is read as it was, whatever parts the columns and ends the lines', () => {
    fc.assert(
      fc.property(
        tables,
        separated,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (rows, format, end, closed) => {
          const text =
            rows.map((row) => row.map(quote).join(delimiters[format])).join(end) + (closed ? end : '');
          expect(fieldsOf(text, { format, quotes: true })).toEqual(rows);
        },
      ),
    );
  });

  test('is recognised where every field is quoted', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '"', ',', ';', '|', '\t'),
      minLength: 1,
      maxLength: 12,
    });
    const rows = fc.array(fc.tuple(text, text, text), { minLength: 12, maxLength: 30 });
    fc.assert(
      fc.property(rows, separated, (written, format) => {
        const lines = written.map((row) => row.map((value) => quote(`x${value}x`)).join(delimiters[format]));
        expect(recognise(lines.join('\n'))).toEqual({ format, quotes: true });
      }),
    );
  });

  it('may be longer than a slice', () => {
    const long = 'He said "no", and\nleft. '.repeat(20_000);
    const rows = [
      ['label', 'text'],
      ...Array.from({ length: 30 }, (_, i) => [`l${i % 3}`, i === 7 ? long : `row ${i}`]),
    ];
    expect(fieldsOf(rows.map((row) => row.map(quote).join(',')).join('\n'))).toEqual(rows);
  });
});

const tsv = (rows: string[][]) => rows.map((row) => row.join('\t')).join('\n');
const rowsOf = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => [i % 2 ? 'yes' : 'no', text(i)]);

describe('tab-separated files', () => {
  it('keep stray quotes, as in GLUE', () => {
    const rows = rowsOf(30, (i) =>
      i % 4 ? `sentence ${i}` : i % 8 ? `"Stop ${i}!" he said` : `a 5" plank "${i}`,
    );
    expect(tableOf(tsv(rows)).layout).toEqual({ format: 'tab', quotes: false });
    expect(fieldsOf(tsv(rows))).toEqual(rows);
  });

  it('do not take a text in quotes over lines for one', () => {
    const rows = rowsOf(30, (i) => (i === 3 ? '"it began' : i === 9 ? 'and ended"' : `sentence ${i}`));
    expect(fieldsOf(tsv(rows))).toEqual(rows);
  });

  it('with quoting that breaks say so', () => {
    const rows = rowsOf(40, (i) => (i === 12 ? '"never closed' : `"sentence ""${i}"""`));
    expect(() => tableOf(tsv(rows))).toThrow(problem('rowsBrokenQuote', { line: 13 }));
    const plain = fieldsOf(tsv(rows), { format: 'tab', quotes: false });
    expect(plain).toEqual(rows);
  });
});

describe('what is broken', () => {
  const csv = (i: number) => `yes,"the text, number ${i}"`;
  const lines = Array.from({ length: 60 }, (_, i) => csv(i));

  it.each([
    ['is not closed', 'yes,"the text'],
    ['goes on after its end', 'yes,"the" text, here'],
  ])('a quote that %s, by its line', (_, line) => {
    const text = lines.with(20, line).join('\n');
    expect(() => tableOf(text)).toThrow(problem('rowsBrokenQuote', { line: 21 }));
  });

  it('a quote after texts over several lines, by the line of the file', () => {
    const text = lines.with(3, 'no,"one\ntwo\nthree"').with(20, 'yes,"the" text').join('\r\n');
    expect(() => tableOf(text)).toThrow(problem('rowsBrokenQuote', { line: 23 }));
  });

  it('a quote that nobody closes in a large file ends soon', () => {
    const text = `${lines.join('\n')}\nyes,"open\n${'no,some text without any quotes\n'.repeat(100_000)}`;
    const start = performance.now();
    expect(() => tableOf(text)).toThrow(problem('rowsBrokenQuote', { line: 61 }));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('a few ragged lines are left out, many are refused with the first of them', () => {
    const some = lines.with(5, 'yes,"a",b').with(7, 'yes');
    expect(tableOf(some.join('\n'))).toMatchObject({ ragged: 2, width: 2 });
    const many = lines.map((line, i) => (i > 10 && i % 3 === 0 ? `${line},more` : line));
    expect(() => tableOf(many.join('\n'))).toThrow(
      problem('rowsMixedColumns', { line: 13, fields: 3, expected: 2, share: 27 }),
    );
  });

  it.each([
    ['rowsNoColumns', bytes('one column\nand nothing\nelse in it\n'.repeat(10))],
    ['rowsJsonArray', bytes('[\n {"text": "a", "label": 1}\n]')],
    ['rowsNoColumns', bytes('{"text": "one key"}\n'.repeat(30))],
    ['rowsBinary', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0)],
    ['textNotUtf8', Uint8Array.of(0x61, 0x2c, 0xe9, 0x0a, 0x62)],
    ['rowsEmpty', bytes(' \n\t\n')],
    ['rowsTooLarge', new Uint8Array(32 * 1024 * 1024 + 1)],
    ['rowsTooMany', bytes('a,b\n'.repeat(100_002))],
  ])('%s', (code, file) => {
    expect(() => finish(readingTable(finish(decodingRows(file)).text))).toThrow(problem(code));
  });
});

describe('JSON Lines', () => {
  it('gives columns by key, and counts what is no object', () => {
    const lines = [
      '{"text":"one","label":1}',
      '{"label":true,"text":"two\\nlines","more":{"a":1}}',
      '',
      '[1]',
      '{"text":',
      '{"label":null,"other":"x"}',
    ];
    const { keys, records, notJson, layout } = tableOf(lines.join('\n'));
    expect(layout.format).toBe('jsonLines');
    expect(keys).toEqual(['text', 'label', 'more', 'other']);
    expect(records.map(({ fields }) => fields)).toEqual([
      ['one', '1', '', ''],
      ['two\nlines', 'true', '', ''],
      ['', '', '', 'x'],
    ]);
    expect(notJson).toBe(2);
  });
});

test('UTF-16 and a mark at the beginning are read', () => {
  const text = `\ufefflabel\ttext\n${tsv(rowsOf(30, (i) => `été ${i}`))}`;
  const utf16 = new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
  expect(finish(readingTable(finish(decodingRows(utf16)).text)).records[0].fields).toEqual(['label', 'text']);
});

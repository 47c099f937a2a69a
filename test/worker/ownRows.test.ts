import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { RowsSource } from '../../src/config/experiment';
import { ProblemError } from '../../src/config/problems';
import type { RowsLook } from '../../src/config/rowsPreview';
import { createTokenizer } from '../../src/data/tokenizer';
import { listRows, loadRows, type SavedRows, saveRows } from '../../src/storage/rows';
import { OwnRowsFiles } from '../../src/worker/ownRows';

vi.mock('../../src/storage/rows', () => ({ saveRows: vi.fn(), loadRows: vi.fn(), listRows: vi.fn() }));
const stored = vi.mocked(saveRows);
const kept = vi.mocked(loadRows);

const file = new URL('../../public/teachers/stories-4x32/tokenizer.json', import.meta.url);
const tokenizer = createTokenizer(JSON.parse(readFileSync(file, 'utf8')));
const context = { tokenizer, positions: 16 };
const bytesOf = (text: string) => new TextEncoder().encode(text).buffer;
const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const text = (i: number) => `the dog saw ${i} cats`;
const mails = `label\ttext\n${lines(60, (i) => `${i % 2 ? 'good' : 'bad'}\t${text(i)}`)}`;

beforeEach(() => {
  stored.mockReset().mockResolvedValue(undefined);
  kept.mockReset().mockResolvedValue(null);
  vi.mocked(listRows).mockReset().mockResolvedValue([]);
});

function started() {
  const emit = vi.fn();
  return { emit, files: new OwnRowsFiles(emit) };
}
const open = (content: string) => started().files.open({ name: 'a.tsv', bytes: bytesOf(content) }, context);
const missing = (name: string) => ({ problem: { code: 'rowsMissing', values: { name } } });

describe('a file of rows', () => {
  test('is looked at, corrected, taken, and used as it was seen', async () => {
    const { files } = started();
    const long = `${mails}\ngood\t${text(7).repeat(9)}`;
    const seen = await files.open({ name: 'mails.tsv', bytes: bytesOf(long) }, context);
    expect(seen).toMatchObject({
      encoding: 'utf-8',
      layout: { format: 'tab' },
      problem: null,
      preview: { columns: { header: true, label: 0, a: 1, b: null }, rows: 61 },
      fit: { positions: 16, cut: 1 },
    });
    const columns = { ...seen.preview!.columns, header: false };
    const corrected = await files.look({ columns }, context);
    expect(corrected.preview).toMatchObject({ rows: 62, leftOut: { lonelyLabel: 1 } });
    const source = await files.take();
    expect(source).toEqual({
      kind: 'rows',
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'mails.tsv',
      labels: 2,
    });
    const data = await files.load(source);
    expect(data.labels).toEqual(['bad', 'good']);
    expect(data.train.length + data.heldOut.length).toBe(61);
  });

  test('has a key of its content and of how it is read', async () => {
    const { files } = started();
    const keys = new Set<string>();
    for (const header of [true, false, true]) {
      const { preview } = await files.open({ name: 'a', bytes: bytesOf(mails) }, null);
      await files.look({ columns: { ...preview!.columns, header } }, null);
      keys.add((await files.take()).id);
    }
    expect(keys.size).toBe(2);
    await files.open({ name: 'a', bytes: bytesOf(mails.replace('dog', 'fox')) }, null);
    expect(keys).not.toContain((await files.take()).id);
  });

  test('is not stored before an experiment uses it, and then once', async () => {
    const { files } = started();
    await files.open({ name: 'mails.tsv', bytes: bytesOf(mails) }, null);
    const source = await files.take();
    expect(stored).not.toHaveBeenCalled();
    await files.load(source);
    await files.load(source);
    expect(stored).toHaveBeenCalledExactlyOnceWith({
      id: source.id,
      name: 'mails.tsv',
      labels: 2,
      rows: 60,
      bytes: bytesOf(mails),
      reading: {
        layout: { format: 'tab', quotes: true },
        columns: { header: true, label: 0, a: 1, b: null },
      },
    });
  });

  test('is used where it can’t be stored, and that is told', async () => {
    const { files, emit } = started();
    stored.mockRejectedValue(new ProblemError('storageFull'));
    await files.open({ name: 'mails.tsv', bytes: bytesOf(mails) }, null);
    expect((await files.load(await files.take())).labels).toHaveLength(2);
    await Promise.resolve();
    expect(emit).toHaveBeenCalledWith('notSaved', { problem: { code: 'storageFull', values: undefined } });
  });

  test('comes back from the storage as it was, and not under another key', async () => {
    const { files } = started();
    await files.open({ name: 'mails.tsv', bytes: bytesOf(mails) }, null);
    const source = await files.take();
    const data = await files.load(source);
    const [saved] = stored.mock.calls[0] as [SavedRows];
    kept.mockResolvedValue(saved);
    const { files: later } = started();
    expect(await later.load(source)).toEqual(data);
    for (const broken of [
      { bytes: bytesOf(mails.replace('dog', 'fox')) },
      { reading: { ...saved.reading, columns: { ...saved.reading.columns, header: false } } },
      { reading: null as never },
    ]) {
      kept.mockResolvedValue({ ...saved, ...broken });
      await expect(later.load(source)).rejects.toMatchObject(missing('mails.tsv'));
    }
    kept.mockResolvedValue(saved);
    await expect(later.load({ ...source, labels: 3 })).rejects.toMatchObject(missing('mails.tsv'));
    vi.mocked(listRows).mockResolvedValue([{ id: source.id } as never]);
    expect(await later.files()).toEqual([saved.bytes]);
  });

  test('that is neither here nor kept is missed by name, one from a link by its key', async () => {
    const source: RowsSource = { kind: 'rows', id: '0123456789abcdef', name: 'mails.tsv', labels: 2 };
    await expect(started().files.load(source)).rejects.toMatchObject(missing('mails.tsv'));
    await expect(started().files.load({ ...source, name: '' })).rejects.toMatchObject(missing(source.id));
  });

  test('can be called off; a second one ends the first, and tells how far it is', async () => {
    const { files, emit } = started();
    const big = () => bytesOf(`${mails}\n${lines(30_000, (i) => `good\t${text(i)} and so on`)}`);
    const first = files.open({ name: 'first', bytes: big() }, context);
    const refused = expect(first).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    await files.open({ name: 'second', bytes: big() }, context);
    await refused;
    expect(emit).toHaveBeenCalledWith('importing', expect.objectContaining({ total: big().byteLength }));
    const third = files.open({ name: 'third', bytes: big() }, context);
    files.cancel();
    await expect(third).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    await expect(files.take()).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    await expect(files.look({}, null)).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});

describe('bad files get their word', () => {
  const row = (label: unknown, i: number) => `${label}\t${text(i)}`;
  test.each<[string, string, RowsLook['problem']]>([
    ['one label', lines(30, (i) => row('good', i)), { code: 'rowsOneLabel', values: { label: 'good' } }],
    [
      '65 labels',
      lines(130, (i) => row(`l${i % 65}`, i)),
      { code: 'rowsManyLabels', values: { labels: 65, most: 64 } },
    ],
    [
      'few rows',
      lines(19, (i) => row(i % 2, i)),
      { code: 'rowsTooFew', values: { rows: 19, leftOut: 0, least: 20 } },
    ],
    [
      'a broken quote',
      `label,text\n${lines(30, (i) => `${i % 2},"${text(i)}${i === 9 ? '' : '"'}`)}`,
      { code: 'rowsBrokenQuote', values: { line: 11 } },
    ],
    [
      'mixed columns',
      lines(40, (i) => (i % 3 ? row(i % 2, i) : `${row(i % 2, i)}\tmore\tand more`)),
      { code: 'rowsMixedColumns', values: { line: 1, fields: 4, expected: 2, share: 35 } },
    ],
    ['no columns', lines(40, (i) => `a line of text number ${i}`), { code: 'rowsNoColumns' }],
    ['a JSON array', `[{"label": 1, "text": "a"}]`, { code: 'rowsJsonArray' }],
  ])('%s', async (_, content, problem) => {
    const look = await open(content);
    expect(look.problem).toEqual(problem);
    expect(look.fit).toBeNull();
  });

  test('and can’t be taken', async () => {
    const { files } = started();
    await files.open({ name: 'a', bytes: bytesOf(lines(30, (i) => row('good', i))) }, null);
    await expect(files.take()).rejects.toMatchObject({ problem: { code: 'rowsOneLabel' } });
  });

  test('a broken quote is mended by saying that there are no quoted texts', async () => {
    const { files } = started();
    const content = `label,text\n${lines(30, (i) => `${i % 2},"${text(i)}${i === 9 ? '' : '"'}`)}`;
    const look = await files.open({ name: 'a', bytes: bytesOf(content) }, null);
    expect(look).toMatchObject({ layout: { format: 'comma', quotes: true }, preview: null });
    expect(await files.look({ layout: { format: 'comma', quotes: false } }, null)).toMatchObject({
      problem: null,
      layout: { format: 'comma', quotes: false },
    });
  });

  test('what is left out is counted by kind', async () => {
    const content = [
      'label\ttext',
      ...Array.from({ length: 30 }, (_, i) => row(i % 2, i)),
      '1\t',
      '\tno label',
      row(0, 2),
      row(1, 4),
      'once\ta label of its own',
    ].join('\n');
    const { preview } = await open(content);
    expect(preview).toMatchObject({
      problem: null,
      rows: 35,
      leftOut: { emptyText: 1, noLabel: 1, duplicate: 1, contradictory: 2, lonelyLabel: 1, ragged: 0 },
    });
  });

  test.each([
    ['rowsEmpty', ' \n\n'],
    ['rowsBinary', 'PK\u0003\u0004 and what a spreadsheet holds'],
  ])('%s is refused at once', async (code, content) => {
    await expect(open(content)).rejects.toMatchObject({ problem: { code } });
  });
});

vi.setConfig({ testTimeout: 30_000 });

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ProblemError } from '../../src/config/problems';
import { deleteVectors, listVectors, loadVectors, saveVectors } from '../../src/storage/vectors';
import { OwnVectors } from '../../src/worker/ownVectors';

vi.mock('../../src/storage/vectors', () => ({
  saveVectors: vi.fn(),
  loadVectors: vi.fn(),
  listVectors: vi.fn(),
  deleteVectors: vi.fn(),
}));
const stored = vi.mocked(saveVectors);

const glove = [
  'the 0.1 0.2 0.3',
  'dog 0.5 -0.25 1',
  'cat 0.5 -0.2 1.1',
  'Café 1e-1 2 -3',
  'rare 9 9 9',
  'zero 0 0 0',
].join('\n');
const baseUrl = 'https://example.test/';

beforeEach(() => {
  stored.mockReset().mockResolvedValue(undefined);
  vi.mocked(loadVectors).mockReset().mockResolvedValue(null);
  vi.mocked(listVectors).mockReset().mockResolvedValue([]);
  vi.mocked(deleteVectors).mockReset().mockResolvedValue(undefined);
});

function started(rows: string[] = []) {
  const emit = vi.fn();
  const files = rows.map((text) => new TextEncoder().encode(text).buffer);
  const vectors = new OwnVectors(
    emit,
    async () => files,
    async () => 'dog\ncat\nzero\nabsent\n',
  );
  const open = (content: string | Blob) =>
    vectors.open({ name: 'glove.txt', file: new Blob([content]), baseUrl });
  return { vectors, emit, open };
}

describe('a file of word vectors', () => {
  test('gives the words of the bundled texts and of the rows that are known, and no others', async () => {
    const { open } = started(['good\tThe CAFÉ is open\nbad\ta dog']);
    expect(await open(glove)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'glove.txt',
      // the, dog, cat, café
      words: 4,
      dimension: 3,
      lines: 6,
      // zero, absent; and of the rows good, cafe, is, open, bad, a
      missing: 8,
      cut: false,
      near: [
        { word: 'dog', near: ['cat', 'the', 'café'] },
        { word: 'the', near: expect.any(Array) },
        { word: 'cat', near: expect.any(Array) },
      ],
    });
  });

  test('is not used before it is taken; then it is kept, and comes back to the same bits', async () => {
    const { vectors, open } = started();
    const { id } = await open(glove);
    expect(await vectors.load()).toBeNull();
    await vectors.take();
    const [saved] = stored.mock.calls[0];
    expect(saved).toMatchObject({ id, name: 'glove.txt', words: 'dog\ncat', dimension: 3 });
    expect(saved.vectors.byteLength).toBe(6);
    vi.mocked(listVectors).mockResolvedValue([{ id } as never]);
    vi.mocked(loadVectors).mockResolvedValue(saved);
    const used = await vectors.load();
    expect(used).toMatchObject({ id, dimension: 3, words: ['dog', 'cat'] });
    expect(await vectors.load()).toBe(used);
    expect(vi.mocked(loadVectors)).toHaveBeenCalledTimes(1);
    const { vectors: later } = started();
    expect((await later.load())!.data).toEqual(used!.data);
    // Within a step of an eighth bit of the file's own direction.
    const [dog] = [used!.data.subarray(0, 3)];
    const length = Math.hypot(0.5, -0.25, 1);
    expect(dog[0]).toBeCloseTo(0.5 / length, 2);
    expect(dog[2]).toBeCloseTo(1 / length, 2);
  });

  test('that is deleted elsewhere is used no more', async () => {
    const { vectors, open } = started();
    const { id } = await open(glove);
    await vectors.take();
    vi.mocked(listVectors).mockResolvedValue([{ id } as never]);
    vi.mocked(loadVectors).mockResolvedValue(stored.mock.calls[0][0]);
    expect(await vectors.load()).not.toBeNull();
    vi.mocked(listVectors).mockResolvedValue([]);
    expect(await vectors.load()).toBeNull();
  });

  test('is used where it can’t be kept, that is told, and it can be dropped', async () => {
    const { vectors, open, emit } = started();
    stored.mockRejectedValue(new ProblemError('storageFull'));
    vi.mocked(listVectors).mockRejectedValueOnce(new ProblemError('storageFull'));
    const { id } = await open(glove);
    await vectors.take();
    expect(emit).toHaveBeenCalledWith('notSaved', { problem: { code: 'storageFull', values: undefined } });
    expect(await vectors.load()).toMatchObject({ id });
    await expect(vectors.drop()).rejects.toMatchObject({ problem: { code: 'storageFull' } });
    expect(await vectors.load()).toBeNull();
  });

  test('that was torn on the disk is none', async () => {
    const { vectors } = started();
    vi.mocked(listVectors).mockResolvedValue([{ id: 'a' } as never]);
    const torn = { id: 'a', name: 'a', dimension: 3, words: 'dog\ncat', vectors: new ArrayBuffer(5) };
    vi.mocked(loadVectors).mockResolvedValue(torn);
    expect(await vectors.load()).toBeNull();
  });

  test('is refused in its words where it is broken, and what is in use stays', async () => {
    const { vectors, open } = started();
    const { id } = await open(glove);
    stored.mockRejectedValue(new ProblemError('storageFull'));
    await vectors.take();
    const bad: [string, string][] = [
      ['vectorsRagged', 'dog 1 2 3\ncat 1 2'],
      ['vectorsNotNumbers', 'dog 1 2 3\ncat 1 two 3'],
      ['vectorsNotText', '<html> <body> <p>'],
      ['vectorsTooWide', '12 1\ndog 1'],
      ['vectorsNoWords', 'Hund 1 2 3\nKatze 1 2 3'],
    ];
    for (const [code, content] of bad) {
      await expect(open(content), code).rejects.toMatchObject({ problem: { code } });
      await expect(vectors.take()).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    }
    expect(await vectors.load()).toMatchObject({ id });
  });

  test('can be called off', async () => {
    const { vectors, open } = started();
    const line = `\n${'word '.padEnd(200, '0.25 ').trim()}`;
    const reading = open(`dog 1${line.slice(6)}${line.repeat(30_000)}`);
    vectors.cancel();
    await expect(reading).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});

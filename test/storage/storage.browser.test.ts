import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { presets } from '../../src/config/presets';
import { problemOf } from '../../src/config/problems';
import { bundledTeachers } from '../../src/config/teachers';
import { emptyHistory } from '../../src/protocol/history';
import type { SavedRun } from '../../src/storage/database';
import { clearRun, loadNewestRun, loadRun, saveRun } from '../../src/storage/runs';
import { listTeachers, loadTeacher, saveTeacher } from '../../src/storage/teachers';
import { listTexts, loadText, saveText } from '../../src/storage/texts';

const run: SavedRun = {
  experiment: presets.tiny,
  savedAt: 1_700_000_000_000,
  step: 120,
  history: emptyHistory(),
  arms: {
    distilled: {
      parameters: { 'cls.predictions.bias': new Float32Array([1, -2.5, 3e-20]) },
      moments: { first: { a: new Float32Array(2) }, second: { a: new Float32Array([1, 2]) } },
    },
  },
  sentence: 'The cat sat on the [MASK].',
  fingerprint: 'a teacher',
};
const tab = 'tab-1';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB('stillroom');
});

describe('the current run', () => {
  it('is null at first, comes back bit for bit, and can be cleared', async () => {
    expect(await loadRun(tab)).toBeNull();
    await saveRun(tab, run);
    expect(await loadRun(tab)).toEqual(run);
    await clearRun(tab);
    expect(await loadRun(tab)).toBeNull();
  });

  it('is the last one that was saved', async () => {
    await Promise.all([saveRun(tab, run), saveRun(tab, { ...run, step: 121 })]);
    expect((await loadRun(tab))?.step).toBe(121);
  });

  it('is left out where another version of the page wrote it', async () => {
    const experiment = { ...run.experiment, arms: [] };
    await saveRun(tab, { ...run, experiment });
    expect(await loadRun(tab)).toBeNull();
  });

  it('has weight 0 for losses that came after it', async () => {
    const arms = run.experiment.arms.map(({ objective: { attn: _, hidn: __, ...objective }, ...arm }) => ({
      ...arm,
      objective,
    }));
    const older = { ...run, experiment: { ...run.experiment, arms } } as SavedRun;
    await saveRun(tab, older);
    expect(await loadRun(tab)).toEqual(run);
  });

  it('is one for each tab, the newest for a new one, and of the oldest tabs none', async () => {
    for (let i = 0; i < 6; i++) await saveRun(`tab-${i}`, { ...run, step: i, savedAt: run.savedAt + i });
    expect((await loadNewestRun())?.step).toBe(5);
    expect((await loadRun('tab-2'))?.step).toBe(2);
    expect(await loadRun('tab-1')).toBeNull();
    await clearRun('tab-5');
    expect((await loadNewestRun())?.step).toBe(4);
  });

  it('survives a write that fails', async () => {
    await saveRun(tab, run);
    const notPlain = { ...run.history, callback: () => {} };
    await expect(saveRun(tab, { ...run, step: 121, history: notPlain })).rejects.toMatchObject({
      problem: { code: 'storageFull' },
    });
    expect((await loadRun(tab))?.step).toBe(120);
  });
});

describe('texts', () => {
  it('come back with their bytes, and are listed by name', async () => {
    const bytes = new TextEncoder().encode('Once upon a time').buffer;
    await saveText({ id: '00000000000000bb', name: 'b.txt', bytes });
    await saveText({ id: '00000000000000aa', name: 'a.txt', bytes });
    expect(await loadText('00000000000000bb')).toEqual({ id: '00000000000000bb', name: 'b.txt', bytes });
    expect(await loadText('00000000000000cc')).toBeNull();
    expect(await listTexts()).toEqual([
      { id: '00000000000000aa', name: 'a.txt', bytes: 16 },
      { id: '00000000000000bb', name: 'b.txt', bytes: 16 },
    ]);
  });
});

describe('teachers', () => {
  it('come back, are listed with the newest first, and can be deleted', async () => {
    const shape = bundledTeachers['stories-4x32'];
    const files = { shape, config: { vocab_size: 9 }, tokenizer: { model: {} }, weights: new ArrayBuffer(8) };
    await saveTeacher('old', { name: 'Old', created: 1, ...files });
    await saveTeacher('new', { name: 'New', created: 2, ...files });
    expect(await loadTeacher('old')).toEqual({ id: 'old', name: 'Old', created: 1, ...files });
    expect(await listTeachers()).toEqual([
      { id: 'new', name: 'New', created: 2, shape },
      { id: 'old', name: 'Old', created: 1, shape },
    ]);
  });
});

describe('a browser that keeps nothing', () => {
  it('is told as a problem, and storage works again once it can', async () => {
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no space left', 'QuotaExceededError');
    });
    const error = await saveRun(tab, run).catch((reason) => reason);
    expect(problemOf(error)).toEqual({ code: 'storageFull', values: undefined });
    full.mockRestore();
    await saveRun(tab, run);
    expect((await loadRun(tab))?.step).toBe(120);
  });

  it('is told when even opening fails, as in some private windows', async () => {
    await deleteDB('stillroom');
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await expect(loadRun(tab)).rejects.toMatchObject({ problem: { code: 'storageFull' } });
    await expect(listTexts()).rejects.toMatchObject({ problem: { code: 'storageFull' } });
  });
});

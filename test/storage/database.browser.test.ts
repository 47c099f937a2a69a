import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bundledTeachers } from '../../src/config/teachers';
import { eraseDatabase, forgetErasure } from '../../src/storage/database';
import { keepRun, listRuns, loadRun } from '../../src/storage/runs';
import { loadTaskTeacher, mostTaskTeachers, saveTaskTeacher } from '../../src/storage/taskTeachers';
import { deleteTeacher, listTeachers, loadTeacher, saveTeacher } from '../../src/storage/teachers';
import { deleteText, listTexts, loadText, saveText } from '../../src/storage/texts';
import { loadTuning, saveTuning } from '../../src/storage/tunings';
import { sampleRun } from './sampleRun';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB('stillroom');
  forgetErasure();
});

const bytes = new TextEncoder().encode('Once upon a time').buffer;
const shape = bundledTeachers['stories-4x32'];
const files = { shape, config: { vocab_size: 9 }, tokenizer: { model: {} }, weights: new ArrayBuffer(8) };

describe('texts', () => {
  it('come back with their bytes, are listed with the newest first, and can be deleted', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1000);
    await saveText({ id: '00000000000000bb', name: 'b.txt', bytes });
    now.mockReturnValue(2000);
    await saveText({ id: '00000000000000aa', name: 'a.txt', bytes });
    expect(await loadText('00000000000000bb')).toEqual({ id: '00000000000000bb', name: 'b.txt', bytes });
    expect(await loadText('00000000000000cc')).toBeNull();
    expect(await listTexts()).toEqual([
      { id: '00000000000000aa', name: 'a.txt', bytes: 16, savedAt: 2000 },
      { id: '00000000000000bb', name: 'b.txt', bytes: 16, savedAt: 1000 },
    ]);
    await deleteText('00000000000000aa');
    expect((await listTexts()).map(({ name }) => name)).toEqual(['b.txt']);
    expect(await loadText('00000000000000aa')).toBeNull();
  });
});

describe('teachers', () => {
  it('come back, are listed with the newest first, and can be deleted', async () => {
    await saveTeacher('old', { name: 'Old', created: 1, ...files });
    await saveTeacher('new', { name: 'New', created: 2, ...files });
    expect(await loadTeacher('old')).toEqual({ id: 'old', name: 'Old', created: 1, ...files });
    expect(await listTeachers()).toEqual([
      { id: 'new', name: 'New', created: 2, shape, bytes: 39 },
      { id: 'old', name: 'Old', created: 1, shape, bytes: 39 },
    ]);
    await deleteTeacher('old');
    expect(await loadTeacher('old')).toBeNull();
    expect(await listTeachers()).toHaveLength(1);
  });
});

describe('teachers of tasks', () => {
  const numbers = (value: number) => ({ a: Float32Array.of(value, 2), b: Float32Array.of(3) });
  const put = async (key: string, value: unknown) => {
    const database = await openDB('stillroom');
    await database.put('taskTeachers', value, key);
    database.close();
  };

  it('come back as they were, and the oldest give way', async () => {
    const now = vi.spyOn(Date, 'now');
    for (let i = 0; i < mostTaskTeachers + 2; i++) {
      now.mockReturnValue(1000 + i);
      await saveTaskTeacher(`key ${i}`, numbers(i));
    }
    expect(await loadTaskTeacher('key 0')).toBeNull();
    expect(await loadTaskTeacher('key 1')).toBeNull();
    expect(await loadTaskTeacher('key 2')).toEqual(numbers(2));
    expect(await loadTaskTeacher(`key ${mostTaskTeachers + 1}`)).toEqual(numbers(mostTaskTeachers + 1));
  });

  it('are not believed where something else lies in their place, or a number was changed', async () => {
    await saveTaskTeacher('key', numbers(1));
    const kept = { parameters: numbers(1), savedAt: 1 };
    for (const value of [
      7,
      null,
      {},
      { parameters: {} },
      { ...kept, checksum: 3 },
      { parameters: { a: [1] }, checksum: 1 },
    ]) {
      await put('key', value);
      expect(await loadTaskTeacher('key')).toBeNull();
    }
  });

  it('with a number that is none are not kept', async () => {
    await saveTaskTeacher('key', numbers(Number.NaN));
    expect(await loadTaskTeacher('key')).toBeNull();
  });
});

describe('lists', () => {
  it('read neither weights nor texts', async () => {
    await saveText({ id: '00000000000000aa', name: 'a.txt', bytes });
    await saveTeacher('one', { name: 'One', created: 1, ...files });
    const { record, arms } = sampleRun();
    await keepRun(record, arms);
    const read = new Set<string>();
    for (const method of ['get', 'getAll', 'openCursor'] as const) {
      const original = IDBObjectStore.prototype[method] as (...args: unknown[]) => IDBRequest;
      vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
        this: IDBObjectStore,
        ...args: unknown[]
      ) {
        read.add(this.name);
        return original.apply(this, args);
      });
    }
    const [texts, teachers, [run, ...others]] = [await listTexts(), await listTeachers(), await listRuns()];
    expect([texts.length, teachers.length, others.length]).toEqual([1, 1, 0]);
    const { experiment, savedAt, step } = record;
    expect(run).toEqual({ id: 'tab-1', run: { experiment, step }, savedAt, bytes: 168, open: false });
    expect([...read].sort()).toEqual(['recordings', 'records', 'teacherCards', 'textCards']);
  });
});

describe('a database of version 2', () => {
  async function old(fill: (database: Awaited<ReturnType<typeof openDB>>) => Promise<unknown>) {
    const database = await openDB('stillroom', 2, {
      upgrade(database) {
        database.createObjectStore('texts', { keyPath: 'id' });
        database.createObjectStore('teachers', { keyPath: 'id' });
        database.createObjectStore('runs');
        database.createObjectStore('tunings');
      },
    });
    await fill(database);
    database.close();
  }
  /** As version 2 kept it: weights inside, no id, no changes. */
  const oldRun = () => {
    const { record, arms } = sampleRun();
    const { id: _, history, ...rest } = record;
    const { changes: __, ...curves } = history;
    return { ...rest, history: curves, arms };
  };

  it('keeps its runs, texts, teachers and tunings', async () => {
    await old(async (database) => {
      await database.put('texts', { id: '00000000000000aa', name: 'a.txt', bytes });
      await database.put('teachers', { id: 'old', name: 'Old', created: 1, ...files });
      await database.put('runs', oldRun(), 'tab-1');
      await database.put('tunings', { deep: 1 }, 'a GPU');
    });
    const { record, arms } = sampleRun();
    const history = { ...record.history, changes: [] };
    expect(await loadRun('tab-1')).toEqual({
      kind: 'run',
      run: { record: { ...record, history }, arms, reached: null },
    });
    expect(await loadText('00000000000000aa')).toEqual({ id: '00000000000000aa', name: 'a.txt', bytes });
    expect(await listTexts()).toMatchObject([{ name: 'a.txt', bytes: 16 }]);
    expect(await loadTeacher('old')).toEqual({ id: 'old', name: 'Old', created: 1, ...files });
    expect(await listTeachers()).toMatchObject([{ id: 'old', bytes: 8 }]);
    expect(await loadTuning('a GPU')).toEqual({ deep: 1 });
    expect((await listRuns())[0]).toMatchObject({ id: 'tab-1', bytes: 168 });
    const database = await openDB('stillroom');
    for (const store of ['texts', 'teachers', 'runs']) expect(await database.count(store)).toBe(0);
    database.close();
  });

  it('is brought up to date whatever someone has made of it', async () => {
    const runs: Record<string, object> = {
      empty: {},
      'no-number': { ...oldRun(), step: Number.NaN },
      'no-arms': { ...oldRun(), arms: 'none' },
      'no-moments': { ...oldRun(), arms: { distilled: {} } },
      whole: oldRun(),
    };
    await old(async (database) => {
      for (const [id, run] of Object.entries(runs)) await database.put('runs', run, id);
      await database.put('texts', { id: 'odd', name: 7 });
    });
    for (const id of ['empty', 'no-number', 'no-arms', 'no-moments']) {
      expect(await loadRun(id)).toMatchObject({ kind: 'setAside', problem: { code: 'keptBroken' } });
    }
    expect(await loadRun('whole')).toMatchObject({ kind: 'run' });
    expect(await loadText('odd')).toBeNull();
  });
});

describe('everything erased', () => {
  it('is gone, and nothing is kept by pages that are open', async () => {
    const { record, arms } = sampleRun();
    await keepRun(record, arms);
    await saveTuning('a GPU', 1);
    await eraseDatabase();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('stillroom');
    await expect(keepRun(record, arms)).rejects.toMatchObject({ problem: { code: 'storageErased' } });
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('stillroom');
    forgetErasure();
    expect(await loadRun('tab-1')).toEqual({ kind: 'none' });
  });

  it('by another tab is noticed', async () => {
    const { record, arms } = sampleRun();
    await keepRun(record, arms);
    await deleteDB('stillroom');
    await expect(keepRun(record, arms)).rejects.toMatchObject({ problem: { code: 'storageErased' } });
  });
});

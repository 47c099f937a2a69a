import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetErasure } from '../../src/storage/database';
import { deleteRows, listRows, loadRows, type SavedRows, saveRows } from '../../src/storage/rows';
import { loadText } from '../../src/storage/texts';
import { loadTuning } from '../../src/storage/tunings';
import { deleteVectors, listVectors, loadVectors, saveVectors } from '../../src/storage/vectors';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB('stillroom');
  forgetErasure();
});

const bytes = new TextEncoder().encode('spam\tyou have won').buffer;
const rows = (id: string, name: string): SavedRows => ({
  id,
  name,
  bytes,
  labels: 2,
  rows: 60,
  reading: {
    layout: { format: 'tab', quotes: true },
    columns: { header: false, label: 0, a: 1, b: null },
  },
});
const vectors = (id: string) => ({
  id,
  name: `${id}.txt`,
  dimension: 3,
  words: 'dog\ncat',
  vectors: Int8Array.of(127, 1, 2, 3, -127, 4).buffer,
});

describe('rows', () => {
  it('come back as they were read, are listed with the newest first, and can be deleted', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1000);
    await saveRows(rows('00000000000000bb', 'b.tsv'));
    now.mockReturnValue(2000);
    await saveRows(rows('00000000000000aa', 'a.tsv'));
    expect(await loadRows('00000000000000bb')).toEqual(rows('00000000000000bb', 'b.tsv'));
    expect(await loadRows('00000000000000cc')).toBeNull();
    const { bytes: _, ...card } = rows('00000000000000aa', 'a.tsv');
    const [first, second, ...others] = await listRows();
    expect(first).toEqual({ ...card, bytes: 17, savedAt: 2000 });
    expect([second.name, others]).toEqual(['b.tsv', []]);
    await deleteRows('00000000000000aa');
    expect(await loadRows('00000000000000aa')).toBeNull();
    expect(await listRows()).toHaveLength(1);
  });

  it('of which a part is gone are none', async () => {
    await saveRows(rows('00000000000000aa', 'a.tsv'));
    const database = await openDB('stillroom');
    await database.delete('rowsBytes', '00000000000000aa');
    database.close();
    expect(await loadRows('00000000000000aa')).toBeNull();
  });
});

describe('word vectors', () => {
  it('are one set at most: the next takes the place of the one before', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1000);
    await saveVectors(vectors('first'));
    await saveVectors(vectors('second'));
    const card = { id: 'second', name: 'second.txt', words: 2, dimension: 3, bytes: 13, savedAt: 1000 };
    expect(await listVectors()).toEqual([card]);
    expect(await loadVectors('first')).toBeNull();
    expect(await loadVectors('second')).toEqual(vectors('second'));
    await deleteVectors('second');
    expect([await listVectors(), await loadVectors('second')]).toEqual([[], null]);
  });
});

it('a full browser says so, and keeps what it had', async () => {
  await saveRows(rows('00000000000000aa', 'a.tsv'));
  await saveVectors(vectors('first'));
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const full = { problem: { code: 'storageFull' } };
  await expect(saveRows(rows('00000000000000bb', 'b.tsv'))).rejects.toMatchObject(full);
  vi.restoreAllMocks();
  expect((await listRows()).map(({ name }) => name)).toEqual(['a.tsv']);
});

it('a database of version 3 keeps what it has, and takes rows and vectors from then on', async () => {
  const database = await openDB('stillroom', 3, {
    upgrade(database) {
      database.createObjectStore('texts', { keyPath: 'id' });
      database.createObjectStore('teachers', { keyPath: 'id' });
      database.createObjectStore('runs');
      database.createObjectStore('tunings');
      database.createObjectStore('textCards', { keyPath: 'id' });
      database.createObjectStore('textBytes');
      database.createObjectStore('teacherCards', { keyPath: 'id' });
      database.createObjectStore('teacherFiles');
      database.createObjectStore('records').createIndex('savedAt', 'savedAt');
      database.createObjectStore('states');
      database.createObjectStore('reached');
      database.createObjectStore('setAside', { keyPath: 'id' });
      database.createObjectStore('recordsAside');
    },
  });
  await database.put('textCards', { id: 'a', name: 'a.txt', bytes: 17, savedAt: 1 });
  await database.put('textBytes', bytes, 'a');
  await database.put('tunings', { deep: 1 }, 'a GPU');
  database.close();
  expect(await loadText('a')).toEqual({ id: 'a', name: 'a.txt', bytes });
  expect(await loadTuning('a GPU')).toEqual({ deep: 1 });
  await saveRows(rows('00000000000000aa', 'a.tsv'));
  await saveVectors(vectors('first'));
  expect([(await listRows()).length, (await listVectors()).length]).toEqual([1, 1]);
});

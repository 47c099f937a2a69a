import { deleteDB, openDB } from 'idb';
import { afterEach, expect, it, vi } from 'vitest';
import { eraseDatabase, forgetErasure } from '../../src/storage/database';
import { countSeedRuns } from '../../src/storage/seedRunCount';
import {
  clearSeedRuns,
  deleteSeedRuns,
  listSeedRuns,
  mostSeedRuns,
  saveSeedRuns,
} from '../../src/storage/seedRuns';
import { listTaskResults, saveTaskResult } from '../../src/storage/taskResults';
import { loadText } from '../../src/storage/texts';
import { sampleResult } from '../store/sampleResult';
import { sampleDone, sampleWaiting } from '../store/sampleSeedRun';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB('stillroom');
  forgetErasure();
});

const done = (seed: number) => sampleDone(seed, { distilled: 1, twin: 2 });

it('runs come back in the order in which they were asked for, and one of the same experiment and seed is replaced', async () => {
  await saveSeedRuns([sampleWaiting(2), sampleWaiting(1)]);
  await saveSeedRuns([done(1)]);
  expect(await listSeedRuns()).toEqual([done(1), sampleWaiting(2)]);
  expect(await countSeedRuns()).toBe(2);
  await deleteSeedRuns([done(1).id, 'nothing']);
  expect(await listSeedRuns()).toEqual([sampleWaiting(2)]);
});

it('what can’t be read is left out, and goes with all', async () => {
  await saveSeedRuns([done(1)]);
  const database = await openDB('stillroom');
  await database.put('seedRuns', { torn: true }, 'torn');
  expect(await listSeedRuns()).toEqual([done(1)]);
  await clearSeedRuns();
  expect(await database.count('seedRuns')).toBe(0);
  database.close();
});

it('of those that are done the oldest give way; what waits stays', async () => {
  await saveSeedRuns([sampleWaiting(9)]);
  const database = await openDB('stillroom');
  const transaction = database.transaction('seedRuns', 'readwrite');
  for (let i = 0; i < mostSeedRuns; i++)
    void transaction.store.put({ savedAt: 10 + i, state: 'done' }, `old ${i}`);
  await transaction.done;
  await saveSeedRuns([done(1)]);
  expect(await database.count('seedRuns')).toBe(mostSeedRuns + 1);
  expect(await database.get('seedRuns', 'old 0')).toBeUndefined();
  expect(await database.get('seedRuns', 'old 1')).toBeDefined();
  database.close();
  expect(await listSeedRuns()).toHaveLength(2);
});

it('a disk that is full takes none of them, and keeps what was there', async () => {
  await saveSeedRuns([done(1)]);
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    puts += 1;
    if (puts > 1) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, given as [unknown, IDBValidKey]);
  });
  await expect(saveSeedRuns([done(2), done(3)])).rejects.toMatchObject({ problem: { code: 'storageFull' } });
  vi.restoreAllMocks();
  expect(await listSeedRuns()).toEqual([done(1)]);
});

it('a database of version 4 keeps what it has, and takes runs over seeds from then on', async () => {
  const bytes = new TextEncoder().encode('Once upon a time').buffer;
  const database = await openDB('stillroom', 4, {
    upgrade(database) {
      for (const name of [
        'texts',
        'teachers',
        'textCards',
        'teacherCards',
        'setAside',
        'rowsCards',
        'vectorsCards',
      ]) {
        database.createObjectStore(name, { keyPath: 'id' });
      }
      for (const name of [
        'runs',
        'tunings',
        'textBytes',
        'teacherFiles',
        'states',
        'reached',
        'recordsAside',
      ]) {
        database.createObjectStore(name);
      }
      for (const name of ['rowsBytes', 'vectorsFiles', 'taskTeachers', 'taskResults'])
        database.createObjectStore(name);
      database.createObjectStore('records').createIndex('savedAt', 'savedAt');
    },
  });
  await database.put('textCards', { id: 'a', name: 'a.txt', bytes: 16, savedAt: 1 });
  await database.put('textBytes', bytes, 'a');
  database.close();
  expect(await loadText('a')).toEqual({ id: 'a', name: 'a.txt', bytes });
  const result = sampleResult({ kind: 'task', id: 'same' }, 1, { teacher: 18, tinybert: 16, labels: 12 });
  await saveTaskResult(result);
  await saveSeedRuns([done(1)]);
  expect([await listTaskResults(), await listSeedRuns()]).toEqual([[result], [done(1)]]);
  await eraseDatabase();
  forgetErasure();
  expect(await countSeedRuns()).toBe(0);
});

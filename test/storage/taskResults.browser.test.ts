import { deleteDB, openDB } from 'idb';
import { afterEach, expect, it, vi } from 'vitest';
import { eraseDatabase, forgetErasure } from '../../src/storage/database';
import {
  clearTaskResults,
  deleteTaskResults,
  listTaskResults,
  mostTaskResults,
  saveTaskResult,
} from '../../src/storage/taskResults';
import { sampleResult } from '../store/sampleResult';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB('stillroom');
  forgetErasure();
});

const result = (seed: number) =>
  sampleResult({ kind: 'task', id: 'same' }, seed, { teacher: 18, tinybert: 16, labels: 12 });

it('results come back with the newest first, and one of an equal experiment takes the place of the one before', async () => {
  await saveTaskResult(result(1));
  await saveTaskResult(result(2));
  expect(await listTaskResults()).toEqual([result(2), result(1)]);
  await saveTaskResult({ ...result(1), savedAt: 9000 });
  expect((await listTaskResults()).map(({ savedAt }) => savedAt)).toEqual([9000, 1002]);
});

it('an arm’s row can be deleted, then the last one’s; what can’t be read is left out and goes with all', async () => {
  const { id } = result(1);
  await saveTaskResult(result(1));
  await deleteTaskResults([id], 'labels');
  expect((await listTaskResults()).map(({ arms }) => Object.keys(arms))).toEqual([['tinybert']]);
  await deleteTaskResults([id], 'tinybert');
  expect(await listTaskResults()).toEqual([]);
  await saveTaskResult(result(2));
  const database = await openDB('stillroom');
  await database.put('taskResults', { rows: 3 }, 'torn');
  expect(await listTaskResults()).toEqual([result(2)]);
  await clearTaskResults();
  expect(await database.count('taskResults')).toBe(0);
  database.close();
});

it('the oldest give way, and all go with everything else', async () => {
  await saveTaskResult(result(1));
  const database = await openDB('stillroom');
  const transaction = database.transaction('taskResults', 'readwrite');
  for (let i = 1; i < mostTaskResults; i++) void transaction.store.put({ savedAt: 5000 + i }, `filler ${i}`);
  await transaction.done;
  await saveTaskResult({ ...result(2), savedAt: 8000 });
  expect(await database.count('taskResults')).toBe(mostTaskResults);
  database.close();
  expect((await listTaskResults()).map(({ id }) => id)).toEqual([result(2).id]);
  await eraseDatabase();
  forgetErasure();
  expect(await listTaskResults()).toEqual([]);
});

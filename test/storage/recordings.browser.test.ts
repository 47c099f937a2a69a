import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Recording } from '../../src/config/recording';
import { recordedOf, withFrame } from '../../src/protocol/recording';
import { forgetErasure } from '../../src/storage/database';
import { keepRecording, loadRecording } from '../../src/storage/recordings';
import { clearRun, keepRun, listRuns, loadRun } from '../../src/storage/runs';
import { probeAt } from '../protocol/sampleRecording';
import { sampleRecording } from './sampleRecording';
import { sampleRun } from './sampleRun';

afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB('stillroom');
  forgetErasure();
});

const { record, arms } = sampleRun();
const load = (last = record.step) => loadRecording('tab-1', record, last);
const rowsOf = ({ frames, segments }: Recording) => new Set([...frames, ...segments]);
const add = (recording: Recording, step: number) => {
  const probe = probeAt(step, { sentence: 'Once [MASK] a time.', students: ['distilled', 'twin'] });
  return withFrame(recording, recordedOf(recording, probe, 0));
};

/** Rows of all recordings; `change` may edit them. */
async function withRows<T>(work: (database: Awaited<ReturnType<typeof openDB>>) => Promise<T>): Promise<T> {
  const database = await openDB('stillroom');
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

describe('what was recorded of a run', () => {
  it('comes back number by number, and goes with the run', async () => {
    expect(await load()).toBeNull();
    await keepRun(record, arms);
    await keepRecording('tab-1', record.birth, sampleRecording());
    expect(await load()).toEqual(sampleRecording());
    const [{ bytes }] = await listRuns();
    expect(bytes).toBeGreaterThan(5000);
    await clearRun('tab-1');
    expect(await withRows((database) => database.count('recordings'))).toBe(0);
  });

  it('is written a row for each new frame, and no row twice', async () => {
    const first = sampleRecording();
    await keepRecording('tab-1', record.birth, first);
    // A row that is known is not written again: what someone made of it stays.
    await withRows((database) => database.put('recordings', { mark: true }, ['tab-1', 'frame', 0]));
    const more = add(first, 121);
    await keepRecording('tab-1', record.birth, more, rowsOf(first));
    expect(await withRows((database) => database.get('recordings', ['tab-1', 'frame', 0]))).toEqual({
      mark: true,
    });
    expect(await withRows((database) => database.count('recordings'))).toBe(
      more.frames.length + more.segments.length + 1,
    );
    // Deleted meanwhile, it is.
    await withRows((database) => database.delete('recordings', ['tab-1', 'frame', 0]));
    await keepRecording('tab-1', record.birth, more, rowsOf(more));
    expect(await load()).toEqual(more);
  });

  it('loses what was thinned out, and all that another run of the name had', async () => {
    await keepRecording('tab-1', record.birth, sampleRecording());
    const fewer = { ...sampleRecording(), frames: sampleRecording().frames.filter((_, i) => i % 2 === 0) };
    await keepRecording('tab-1', record.birth, fewer);
    expect(await load()).toEqual(fewer);
    await keepRecording('tab-1', 'another', sampleRecording());
    expect(await load()).toBeNull();
  });

  it('ends where the run is known to have got', async () => {
    await keepRecording('tab-1', record.birth, sampleRecording());
    expect((await load(50))?.frames.map(({ step }) => step)).toEqual([0, 20, 40]);
    expect((await load(50))?.segments).toHaveLength(1);
  });

  it('is not believed where it was changed, and keeps no run from being opened', async () => {
    await keepRun(record, arms);
    await keepRecording('tab-1', record.birth, sampleRecording());
    const key = ['tab-1', 'frame', 2];
    await withRows(async (database) => {
      const frame = await database.get('recordings', key);
      await database.put('recordings', { ...frame, values: frame.values.slice(1) }, key);
    });
    await expect(load()).rejects.toMatchObject({ problem: { code: 'keptBroken' } });
    expect((await loadRun('tab-1')).kind).toBe('run');
  });

  it('that has no room is said to whoever keeps it, and to nobody else', async () => {
    await keepRecording('tab-1', record.birth, sampleRecording());
    const unheard: unknown[] = [];
    const hear = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      unheard.push(event.reason);
    };
    addEventListener('unhandledrejection', hear);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = put.apply(this, args);
      // As a browser does that finds no room for what it was given: with the transaction all that waits in it ends.
      if (args[0] && 'bytes' in args[0]) this.transaction.abort();
      return request;
    });
    await expect(keepRecording('tab-1', record.birth, add(sampleRecording(), 121))).rejects.toMatchObject({
      problem: { code: 'storageFull' },
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    removeEventListener('unhandledrejection', hear);
    expect(unheard).toEqual([]);
    expect(await load()).toEqual(sampleRecording());
  });

  it('finds its place in a database of the version before, which keeps what it had', async () => {
    const old = await openDB('stillroom', 4, {
      upgrade(database) {
        for (const store of [
          'texts',
          'teachers',
          'textCards',
          'teacherCards',
          'setAside',
          'rowsCards',
          'vectorsCards',
        ])
          database.createObjectStore(store, { keyPath: 'id' });
        for (const store of ['runs', 'tunings', 'textBytes', 'teacherFiles', 'states', 'reached'])
          database.createObjectStore(store);
        for (const store of ['recordsAside', 'rowsBytes', 'vectorsFiles', 'taskTeachers', 'taskResults'])
          database.createObjectStore(store);
        database.createObjectStore('records').createIndex('savedAt', 'savedAt');
      },
    });
    await old.put('tunings', 7, 'a GPU');
    old.close();
    await keepRecording('tab-1', record.birth, sampleRecording());
    expect(await load()).toEqual(sampleRecording());
    expect(await withRows((database) => database.get('tunings', 'a GPU'))).toBe(7);
  });
});

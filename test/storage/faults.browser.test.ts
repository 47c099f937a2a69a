import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetErasure } from '../../src/storage/database';
import { keepReached, keepRun, listRuns, loadNewestRun, loadRun } from '../../src/storage/runs';
import { deleteSetAside, listSetAside, reportOf } from '../../src/storage/setAside';
import { limits } from '../../src/storage/timeLimit';
import { countStates, keep, loaded, openTab, runOf } from './keptRuns';
import { sampleRun } from './sampleRun';

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await deleteDB('stillroom');
  forgetErasure();
});

describe('a browser that is full', () => {
  const fullFor = (times: number) => {
    const put = IDBObjectStore.prototype.put;
    let left = times;
    return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (this.name === 'states' && left-- > 0) throw new DOMException('no space left', 'QuotaExceededError');
      return put.apply(this, args);
    });
  };

  it('gives up the oldest runs of closed tabs, one after the other', async () => {
    for (let i = 0; i < 4; i++) await keep(runOf(`tab-${i}`, 1000 + i));
    const close = await openTab('tab-0');
    fullFor(2);
    expect(await keep(runOf('tab-9', 2000))).toEqual({ gaveWay: 2, kept: true, letGo: false });
    expect((await listRuns()).map(({ id }) => id)).toEqual(['tab-9', 'tab-3', 'tab-0']);
    close();
  });

  it('lets go of states on the way before anybody’s run, and keeps the run', async () => {
    await keep(runOf('tab-0', 1000));
    const { record, arms } = runOf('tab-9', 2000);
    for (const step of [118, 119, 120]) await keepRun({ ...record, step, checkpoints: [118, 119] }, arms);
    expect(await countStates()).toBe(4 * Object.keys(arms).length);
    fullFor(1);
    const checkpoints = [118, 119, 120];
    expect(await keepRun({ ...record, checkpoints }, arms)).toEqual({ gaveWay: 0, kept: true, letGo: true });
    expect((await listRuns()).map(({ id }) => id)).toEqual(['tab-9', 'tab-0']);
    expect(await countStates()).toBe(2 * Object.keys(arms).length);
    const run = await loaded('tab-9');
    expect(run?.arms).toEqual(arms);
    expect(run?.record.checkpoints).toBe(undefined);
  });

  it('says so once nothing is left that may give way, and works again once it can', async () => {
    await keep(runOf('tab-1'));
    const full = fullFor(Number.POSITIVE_INFINITY);
    await expect(keep({ ...runOf('tab-1') })).rejects.toMatchObject({ problem: { code: 'storageFull' } });
    full.mockRestore();
    expect((await loaded('tab-1'))?.record.step).toBe(121);
    await keep(runOf('tab-1'));
  });

  it('is told when even opening fails, as in some private windows', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await expect(loadRun('tab-1')).rejects.toMatchObject({ problem: { code: 'storageFull' } });
  });
});

describe('a browser that doesn’t answer', () => {
  /** The problems of calls that end within a time. */
  async function endedWithin(time: number, calls: Promise<unknown>[]): Promise<string[]> {
    const ended: string[] = [];
    for (const call of calls) call.catch(({ problem }) => ended.push(problem.code));
    await vi.advanceTimersByTimeAsync(time);
    return ended;
  }

  it('is not waited for where it doesn’t even open, and is asked again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silent: IDBOpenDBRequest = Object.create(IDBOpenDBRequest.prototype);
    const open = vi
      .spyOn(indexedDB, 'open')
      .mockReturnValue(Object.assign(silent, { addEventListener: () => {}, removeEventListener: () => {} }));
    const { record, arms, reached } = sampleRun();
    const calls = [loadRun('tab-1'), keepRun(record, arms), keepReached('tab-1', reached!)];
    expect(await endedWithin(limits.usual - 1, calls)).toEqual([]);
    expect(await endedWithin(1, calls)).toEqual(['storageSilent', 'storageSilent', 'storageSilent']);
    vi.useRealTimers();
    open.mockRestore();
    await keepRun(record, arms);
    expect((await loaded('tab-1'))?.record.step).toBe(121);
  });

  it('is given up where it falls silent later', async () => {
    const { record, arms, reached } = sampleRun();
    await keepRun(record, arms);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const never = Object.assign(Object.create(IDBRequest.prototype), {
      addEventListener: () => {},
      removeEventListener: () => {},
    });
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockReturnValue(never);
    const writing = keepRun(record, arms);
    expect(await endedWithin(limits.weights - 1, [writing])).toEqual([]);
    expect(await endedWithin(1, [writing])).toEqual(['storageSilent']);
    vi.useRealTimers();
    put.mockRestore();
    await keepReached('tab-1', reached!);
    expect((await loaded('tab-1'))?.record.step).toBe(121);
  });
});

describe('a database of a later version', () => {
  it('is left as it is', async () => {
    (await openDB('stillroom', 99)).close();
    await expect(loadRun('tab-1')).rejects.toMatchObject({ problem: { code: 'storageNewer' } });
  });
});

describe('a run that was edited', () => {
  /** Changes a record behind the page's back. */
  async function edit(id: string, change: (record: Record<string, unknown>) => void) {
    const database = await openDB('stillroom');
    const record = await database.get('records', id);
    change(record);
    await database.put('records', record, id);
    database.close();
  }

  it.each<[string, (record: Record<string, unknown>) => void]>([
    ['history.steps', (record) => (record.history = {})],
    ['step', (record) => (record.step = 1e15)],
    ['step', (record) => (record.step = 'abc')],
    ['sentence', (record) => (record.sentence = {})],
    ['arms', (record) => (record.step = 120)],
  ])('at %s is set aside, once, and can be reported and deleted', async (part, change) => {
    const { record, arms, reached } = sampleRun();
    await keepRun(record, arms);
    await keepReached('tab-1', reached!);
    await edit('tab-1', change);
    const found = await loadNewestRun();
    if (found.kind !== 'setAside') throw new Error(`${found.kind}`);
    expect(found.problem.code).toBe('keptBroken');
    if (part !== 'arms') expect(found.problem.values?.part).toMatch(part);
    expect(await loadRun('tab-1')).toEqual({ kind: 'none' });
    expect(await loadNewestRun()).toEqual({ kind: 'none' });

    const [{ id, run, bytes, problem }, ...others] = await listSetAside();
    expect({ id, run, bytes, problem, others }).toEqual({
      ...{ id: found.id, run: 'tab-1', bytes: 168, problem: found.problem, others: [] },
    });
    const report = JSON.parse(await reportOf(id));
    expect(report).toMatchObject({
      run: 'tab-1',
      problem: found.problem,
      record: { fingerprint: 'a teacher' },
    });
    expect(report.states).toHaveLength(2);
    expect(report.states[1]).toMatchObject({
      arm: 'twin',
      step: 121,
      lengths: { 'parameters cls.predictions.bias': 3 },
    });
    await deleteSetAside(id);
    expect(await listSetAside()).toEqual([]);
    expect(await countStates()).toBe(0);
  });

  it('in a weight is set aside', async () => {
    await keep(runOf('tab-1'));
    const database = await openDB('stillroom');
    const state = await database.get('states', ['tab-1', 121, 'twin']);
    state.parameters['cls.predictions.bias'] = new Float32Array(2);
    await database.put('states', state, ['tab-1', 121, 'twin']);
    database.close();
    expect(await loadRun('tab-1')).toMatchObject({ kind: 'setAside', problem: { code: 'keptBroken' } });
  });

  it('is kept beside two others at most, and doesn’t keep the next newest from being found', async () => {
    for (let i = 0; i < 4; i++) {
      await keep(runOf(`tab-${i}`, 1000 + i));
      await edit(`tab-${i}`, (record) => (record.version = 9));
      expect(await loadNewestRun()).toMatchObject({ kind: 'setAside', problem: { code: 'keptNewer' } });
    }
    expect((await listSetAside()).map(({ run }) => run)).toEqual(['tab-3', 'tab-2', 'tab-1']);
    expect(await countStates()).toBe(6);
  });
});

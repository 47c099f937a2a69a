import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetErasure } from '../../src/storage/database';
import {
  clearRun,
  keepReached,
  keepRun,
  listRuns,
  loadBorder,
  loadNewestRun,
  loadRun,
} from '../../src/storage/runs';
import { countStates, keep, loaded, newest, openTab, runOf } from './keptRuns';
import { sampleRun } from './sampleRun';

afterEach(async () => {
  await deleteDB('stillroom');
  forgetErasure();
});

describe('a run', () => {
  it('comes back bit for bit, and can be cleared', async () => {
    expect(await loadRun('tab-1')).toEqual({ kind: 'none' });
    const { record, arms, reached } = sampleRun();
    expect(await keepRun(record, arms)).toEqual({ gaveWay: 0, kept: true, letGo: false });
    await keepReached('tab-1', reached!);
    expect(await loaded('tab-1')).toEqual(sampleRun());
    await clearRun('tab-1');
    expect(await loadRun('tab-1')).toEqual({ kind: 'none' });
    expect(await countStates()).toBe(0);
  });

  it('is the last one that was kept, with the states of its step alone', async () => {
    const { record, arms } = sampleRun();
    await Promise.all([keepRun(record, arms), keepRun({ ...record, step: 122 }, arms)]);
    expect((await loaded('tab-1'))?.record.step).toBe(122);
    expect(await countStates()).toBe(2);
  });

  it('keeps the states on the way that its record names, and no others', async () => {
    const { record, arms } = sampleRun();
    for (const step of [118, 119, 120]) await keepRun({ ...record, step, checkpoints: [117, 118] }, arms);
    await keepRun({ ...record, checkpoints: [118, 120] }, arms);
    expect(await countStates()).toBe(3 * Object.keys(arms).length);
    for (const step of [118, 120, record.step]) {
      const found = await loadBorder(record.id, () => step);
      expect(found).toMatchObject({ step, record: { checkpoints: [118, 120] } });
      expect(found?.arms).toEqual(arms);
    }
    await expect(loadBorder(record.id, () => 119)).rejects.toMatchObject({ problem: { code: 'keptBroken' } });
    // Lists tell what all of them take.
    const [{ bytes }] = await listRuns();
    await keepRun({ ...record, step: 122 }, arms);
    expect(await countStates()).toBe(Object.keys(arms).length);
    expect((await listRuns())[0].bytes).toBe(bytes / 3);
  });

  it('needs no states at step 0', async () => {
    const { record } = sampleRun();
    const { steps, ...history } = record.history;
    const first = {
      ...record,
      step: 0,
      history: { ...history, steps: [], pending: [], evaluations: [], changes: [] },
    };
    expect(steps).not.toHaveLength(0);
    await keepRun(first, {});
    expect(await loaded('tab-1')).toEqual({ record: first, arms: {}, reached: null });
  });

  it('keeps its states where only its record changes, and says where there are none', async () => {
    const { record, arms, reached } = sampleRun();
    const changed = { ...record, sentence: 'Another [MASK].' };
    expect(await keepRun(changed, null)).toEqual({ gaveWay: 0, kept: false, letGo: false });
    expect(await loaded('tab-1')).toBeNull();
    await keepRun(record, arms);
    await keepReached('tab-1', reached!);
    expect(await keepRun(changed, null)).toEqual({ gaveWay: 0, kept: true, letGo: false });
    expect(await loaded('tab-1')).toEqual({ record: changed, arms, reached });
    expect(await keepRun({ ...record, step: 122 }, null)).toEqual({ gaveWay: 0, kept: false, letGo: false });
  });

  it('forgets how far it had come once it is kept anew, unless that is told', async () => {
    const { record, arms, reached } = sampleRun();
    await keepRun(record, arms);
    await keepReached('tab-1', reached!);
    await keepRun({ ...record, step: 122 }, arms);
    expect((await loaded('tab-1'))?.reached).toBeNull();
    await keepRun({ ...record, step: 123 }, arms, reached);
    expect((await loaded('tab-1'))?.reached).toEqual(reached);
    await keepReached('tab-1', { ...reached!, step: 122, changes: [] });
    expect((await loaded('tab-1'))?.reached).toBeNull();
  });

  it('survives a write that fails', async () => {
    const { record, arms } = sampleRun();
    await keepRun(record, arms);
    const history = { ...record.history, callback: () => {} };
    await expect(keepRun({ ...record, step: 122, history }, arms)).rejects.toMatchObject({
      problem: { code: 'storageFull' },
    });
    expect(await loaded('tab-1')).toEqual({ record, arms, reached: null });
  });
});

describe('runs of several tabs', () => {
  it('are four of closed tabs beside the own one, the oldest gives way', async () => {
    const gaveWay = [];
    for (let i = 0; i < 7; i++) gaveWay.push((await keep(runOf(`tab-${i}`, 1000 + i))).gaveWay);
    expect(gaveWay).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect((await listRuns()).map(({ id }) => id)).toEqual(['tab-6', 'tab-5', 'tab-4', 'tab-3', 'tab-2']);
    expect(await newest()).toBe('tab-6');
    await clearRun('tab-6');
    expect(await newest()).toBe('tab-5');
  });

  it('are never dropped while their tab is open', async () => {
    const close = await Promise.all([0, 1].map((i) => openTab(`tab-${i}`)));
    for (let i = 0; i < 7; i++) await keep(runOf(`tab-${i}`, 1000 + i));
    expect((await listRuns()).map(({ id, open }) => [id, open])).toEqual([
      ['tab-6', false],
      ['tab-5', false],
      ['tab-4', false],
      ['tab-3', false],
      ['tab-2', false],
      ['tab-1', true],
      ['tab-0', true],
    ]);
    for (const letGo of close) letGo();
    await vi.waitFor(async () => expect((await listRuns()).some(({ open }) => open)).toBe(false));
    expect((await keep(runOf('tab-6', 1010))).gaveWay).toBe(2);
  });

  it('stay for a moment after they were saved, since a tab may be reloading', async () => {
    for (let i = 0; i < 7; i++) await keep(runOf(`tab-${i}`, Date.now() - 1000 + i));
    expect(await listRuns()).toHaveLength(7);
  });

  it('stamped in the future are not the newest for ever', async () => {
    await keep(runOf('jumped', Date.now() + 1e10));
    const before = Date.now();
    const found = await loadNewestRun();
    expect(found.kind === 'run' && found.run.record.savedAt).toBeGreaterThanOrEqual(before);
    expect(found.kind === 'run' && found.run.record.savedAt).toBeLessThanOrEqual(Date.now());
    await keep(runOf('tab-1', Date.now()));
    expect(await newest()).toBe('tab-1');
    await clearRun('tab-1');
    expect(await newest()).toBe('jumped');
  });
});

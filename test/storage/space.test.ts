import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const withStorage = async (storage: object | undefined) => {
  vi.stubGlobal('navigator', { storage });
  return import('../../src/storage/space');
};

it('asks once to be kept, and not where it is kept already', async () => {
  const persist = vi.fn(async () => true);
  let { askToPersist } = await withStorage({ persisted: async () => false, persist });
  expect(await Promise.all([askToPersist(), askToPersist()])).toEqual([true, true]);
  expect(persist).toHaveBeenCalledOnce();
  vi.resetModules();
  ({ askToPersist } = await withStorage({ persisted: async () => true, persist }));
  expect(await askToPersist()).toBe(true);
  expect(persist).toHaveBeenCalledOnce();
});

it('tells nothing where a browser doesn’t', async () => {
  const { askToPersist, spaceLeft } = await withStorage(undefined);
  expect(await askToPersist()).toBe(false);
  expect(await spaceLeft()).toBeNull();
  vi.resetModules();
  const known = await withStorage({ estimate: async () => ({ usage: 5, quota: 9 }) });
  expect(await known.spaceLeft()).toEqual({ used: 5, quota: 9 });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { afterEach, expect, it, vi } from 'vitest';
import { startTfjsWasm } from '../../src/train/backends/startTfjsWasm';

const names = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];
const paths = Object.fromEntries(names.map((name) => [name, `https://example.org/assets/${name}`]));
const folder = createRequire(import.meta.url)
  .resolve('@tensorflow/tfjs-backend-wasm/package.json')
  .replace('package.json', 'dist/');
const file = (url: URL | RequestInfo) => new Response(readFileSync(folder + String(url).split('/').at(-1)));

const fetcher = vi.fn<typeof fetch>();
vi.stubGlobal('fetch', fetcher);
afterEach(() => void vi.useRealTimers());

const start = () => startTfjsWasm(paths, setWasmPaths);

it('a start without its binary fails by name, and the next one works, after a lost request of its own', async () => {
  vi.useFakeTimers();
  fetcher.mockImplementation(async () => new Response('', { status: 503 }));
  const failing = expect(start()).rejects.toMatchObject({ name: 'DownloadError', status: 503 });
  await vi.runAllTimersAsync();
  await failing;
  // Nothing of it is in the way of another backend.
  expect(await tf.setBackend('cpu')).toBe(true);
  expect(tf.tensor1d([1, 2]).sum().dataSync()[0]).toBe(3);

  fetcher.mockReset();
  fetcher
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockImplementation(async (url) => file(url as URL));
  const second = start();
  await vi.advanceTimersByTimeAsync(2000);
  vi.useRealTimers();
  expect(await second).toBe(true);
  expect(tf.getBackend()).toBe('wasm');
  expect(tf.tensor1d([1, 2]).sum().dataSync()[0]).toBe(3);
  expect(fetcher).toHaveBeenCalledTimes(2);

  // It is up: nothing is asked for again.
  await tf.setBackend('cpu');
  expect(await start()).toBe(true);
  expect(fetcher).toHaveBeenCalledTimes(2);
});

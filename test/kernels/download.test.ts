import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { downloadWasm, importPart } from '../../src/kernels/backends/download';

const url = 'https://example.org/assets/kernels-1a2b.wasm';
const wasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const fetcher = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  fetcher.mockReset();
  vi.stubGlobal('fetch', fetcher);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What a download comes to, with the pauses between its tries left out. */
async function outcome(download: Promise<unknown>) {
  const settled = download.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  await vi.runAllTimersAsync();
  return settled;
}

it('a lost request is made again, and past the cache', async () => {
  fetcher
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValueOnce(new Response('busy', { status: 503 }))
    .mockResolvedValueOnce(new Response(wasm));
  expect(await outcome(downloadWasm(url))).toEqual({ value: wasm.buffer });
  expect(fetcher.mock.calls.map(([, options]) => options?.cache)).toEqual(['default', 'reload', 'reload']);
});

it.each([
  ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), null, 3],
  ['a server in trouble', () => new Response('', { status: 503 }), 503, 3],
  ['too many requests', () => new Response('', { status: 429 }), 429, 3],
  ['a missing file', () => new Response('', { status: 404 }), 404, 1],
  [
    'a page in its place',
    () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    404,
    1,
  ],
  ['other bytes', () => new Response('not WebAssembly'), null, 3],
  ['no bytes', () => new Response(''), null, 3],
])('%s is told by file and status', async (_, answer, status, tries) => {
  fetcher.mockImplementation(async () => answer());
  const { error } = (await outcome(downloadWasm(url))) as { error: unknown };
  expect(error).toMatchObject({ name: 'DownloadError', file: 'kernels-1a2b.wasm', status });
  expect(fetcher).toHaveBeenCalledTimes(tries);
});

it('a download that comes to a halt is given up and made again', async () => {
  fetcher.mockImplementationOnce(async (_, options) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(wasm.slice(0, 4));
        options!.signal!.addEventListener('abort', () => controller.error(options!.signal!.reason));
      },
    });
    return new Response(body);
  });
  fetcher.mockResolvedValueOnce(new Response(wasm));
  expect(await outcome(downloadWasm(url))).toEqual({ value: wasm.buffer });
});

it('a part of the code is imported again under another address, and told by name', async () => {
  const suffixes: (string | undefined)[] = [];
  const load = vi.fn(async () => {
    suffixes.push(globalThis.importSuffix);
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  expect(await outcome(importPart('WebGPU', load))).toMatchObject({
    error: { name: 'DownloadError', file: 'WebGPU', status: null },
  });
  expect(new Set(suffixes).size).toBe(3);
  load.mockImplementationOnce(async () => 'here' as never);
  expect(await outcome(importPart('WebGPU', load))).toEqual({ value: 'here' });
});

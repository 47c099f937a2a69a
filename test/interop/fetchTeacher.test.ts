import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchTeacher } from '../../src/interop/fetchTeacher';
import { sampleShape, sampleTeacher } from './sampleTeacher';

const base = 'https://example.test/teachers/sample/';
const { config, tokenizer, weights } = sampleTeacher();
const silent = () => {};

/** A server with the sample teacher, and with other answers for some files. */
const server = (answers: Record<string, () => Response | Promise<Response>> = {}) =>
  vi.fn(async (url: Parameters<typeof fetch>[0]) => {
    const file = String(url).slice(base.length);
    if (answers[file]) return answers[file]();
    if (file === 'config.json') return Response.json(config);
    if (file === 'tokenizer.json') return Response.json(tokenizer);
    return new Response(weights, { headers: { 'content-length': String(weights.byteLength) } });
  });

/** As much of the Cache API as is used. */
function fakeCaches() {
  const stores = new Map<string, Map<string, Response>>();
  return {
    stores,
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    open: async (name: string) => {
      const store = stores.get(name) ?? new Map<string, Response>();
      stores.set(name, store);
      return {
        match: async (url: string) => store.get(url)?.clone(),
        put: async (url: string, response: Response) => void store.set(url, response),
      };
    },
  };
}

afterEach(() => void vi.unstubAllGlobals());

describe('fetchTeacher', () => {
  it('loads the three files and reports the bytes of the weights', async () => {
    const progress: [number, number | null][] = [];
    const bundle = await fetchTeacher(base, (...now) => progress.push(now), server());
    expect(bundle.shape).toEqual(sampleShape);
    expect(progress[0]).toEqual([0, weights.byteLength]);
    expect(progress.at(-1)).toEqual([weights.byteLength, weights.byteLength]);
  });

  it('does not trust the length of a compressed body', async () => {
    const headers = { 'content-length': '10', 'content-encoding': 'gzip' };
    const progress: [number, number | null][] = [];
    const fetcher = server({ 'model.safetensors': () => new Response(weights, { headers }) });
    await fetchTeacher(base, (...now) => progress.push(now), fetcher);
    expect(progress.at(-1)).toEqual([weights.byteLength, null]);
  });

  it.each<[string, string, () => Response | Promise<Response>, object]>([
    [
      'a missing file',
      'model.safetensors',
      () => new Response('no', { status: 404 }),
      { code: 'downloadFailed', values: { file: 'model.safetensors', status: 404 } },
    ],
    [
      'a page in place of a file',
      'config.json',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
      { code: 'downloadNotWhatWasAsked', values: { file: 'config.json' } },
    ],
    [
      'no answer',
      'tokenizer.json',
      () => Promise.reject(new TypeError('Failed to fetch')),
      { code: 'downloadUnreachable', values: { file: 'tokenizer.json' } },
    ],
    [
      'a file that is no JSON',
      'config.json',
      () => new Response('{'),
      { code: 'weightsMalformed', values: { file: 'config.json', reason: 'it is no JSON' } },
    ],
  ])('says what is wrong with %s', async (_, file, answer, problem) => {
    await expect(fetchTeacher(base, silent, server({ [file]: answer }))).rejects.toMatchObject({ problem });
  });

  it('says when the connection breaks in the middle', async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(weights, 0, 100));
        controller.error(new TypeError('network error'));
      },
    });
    const fetcher = server({ 'model.safetensors': () => new Response(broken) });
    await expect(fetchTeacher(base, silent, fetcher)).rejects.toMatchObject({
      problem: { code: 'downloadUnreachable' },
    });
  });

  it('loads a deployment once, and drops what another one left', async () => {
    const caches = fakeCaches();
    vi.stubGlobal('caches', caches);
    await caches.open('someone-else');
    const fetcher = server();
    await fetchTeacher(base, silent, fetcher, 'v1');
    const again = await fetchTeacher(base, silent, fetcher, 'v1');
    expect(again.shape).toEqual(sampleShape);
    expect(fetcher).toHaveBeenCalledTimes(3);
    await fetchTeacher(base, silent, fetcher, 'v2');
    expect(fetcher).toHaveBeenCalledTimes(6);
    expect([...caches.stores.keys()]).toEqual(['someone-else', 'stillroom-teachers-v2']);
  });

  it('keeps nothing that could not be read, and goes on where nothing can be kept', async () => {
    const caches = fakeCaches();
    vi.stubGlobal('caches', caches);
    const truncated = server({ 'model.safetensors': () => new Response(weights.slice(0, 500)) });
    await expect(fetchTeacher(base, silent, truncated, 'v1')).rejects.toMatchObject({
      problem: { code: 'weightsTruncated' },
    });
    expect(caches.stores.get('stillroom-teachers-v1')?.size).toBe(0);
    vi.stubGlobal('caches', { keys: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    expect((await fetchTeacher(base, silent, server(), 'v1')).shape).toEqual(sampleShape);
  });
});

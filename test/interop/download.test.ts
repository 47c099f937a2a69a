import { describe, expect, it, vi } from 'vitest';
import { download, type FileKind, mostBytes } from '../../src/interop/download';

let files = 0;
/** An address of its own for each test, since what came is kept by address. */
const fresh = (name = 'stories.txt') => `https://example.test/${++files}/${name}`;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const story = bytesOf('Once there was a lamp. '.repeat(100));

/** A body that gives `parts` and then ends as told. */
const body = (parts: Uint8Array[], end: 'close' | 'hang' | 'error') =>
  new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts.shift();
        if (part) controller.enqueue(part);
        else if (end === 'close') controller.close();
        else if (end === 'error') controller.error(new TypeError('network error'));
        else return new Promise(() => {});
      },
    },
    { highWaterMark: 0 },
  );

describe('download', () => {
  it.each(['hang', 'error'] as const)('takes up what came before the connection %ss', async (end) => {
    const url = fresh();
    const headers = { etag: '"one"', 'content-length': String(story.length) };
    const fetcher = vi.fn(async (_url: unknown, init?: RequestInit) => {
      const range = new Headers(init?.headers).get('range');
      if (!range) return new Response(body([story.slice(0, 700)], end), { headers });
      expect(range).toBe('bytes=700-');
      expect(new Headers(init?.headers).get('if-range')).toBe('"one"');
      const rest = story.slice(700);
      const partial = { etag: '"one"', 'content-length': String(rest.length) };
      const contentRange = { 'content-range': `bytes 700-${story.length - 1}/${story.length}` };
      return new Response(rest, { status: 206, headers: { ...partial, ...contentRange } });
    }) as unknown as typeof fetch;
    const stalled = { code: 'downloadStalled', values: { file: 'stories.txt', seconds: 0 } };
    const broken = { code: 'downloadUnreachable', values: { file: 'stories.txt' } };
    await expect(download(url, 'text', { fetcher, stallAfter: 20 })).rejects.toMatchObject({
      problem: end === 'hang' ? stalled : broken,
    });
    const progress: [number, number | null][] = [];
    const bytes = await download(url, 'text', { fetcher, onProgress: (...now) => progress.push(now) });
    expect(bytes).toEqual(story);
    expect(progress[0]).toEqual([700, story.length]);
    // What was taken up is forgotten: the next time it begins anew.
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  it('begins anew where the file has changed meanwhile, or the server knows no ranges', async () => {
    const url = fresh();
    const answers = [
      () => new Response(body([story.slice(0, 700)], 'error'), { headers: { etag: '"one"' } }),
      () => new Response(story, { headers: { etag: '"two"' } }),
    ];
    const fetcher = (async () => answers.shift()!()) as unknown as typeof fetch;
    await expect(download(url, 'text', { fetcher })).rejects.toThrow('downloadUnreachable');
    expect(await download(url, 'text', { fetcher })).toEqual(story);
  });

  it('waits for headers no longer than for bytes', async () => {
    const fetcher = (() => new Promise(() => {})) as unknown as typeof fetch;
    await expect(download(fresh(), 'text', { fetcher, stallAfter: 20 })).rejects.toThrow('downloadStalled');
  });

  it('a file that ends before its length is no file', async () => {
    const headers = { 'content-length': String(story.length) };
    const fetcher = (async () =>
      new Response(body([story.slice(0, 9)], 'close'), { headers })) as unknown as typeof fetch;
    await expect(download(fresh(), 'text', { fetcher })).rejects.toThrow('downloadUnreachable');
  });

  it('sizes are asked before bytes, and counted where the server does not say', async () => {
    const read = vi.fn();
    const said = (async () => {
      const stream = new ReadableStream({ pull: read }, { highWaterMark: 0 });
      return new Response(stream, { headers: { 'content-length': '3000000000' } });
    }) as unknown as typeof fetch;
    await expect(download(fresh(), 'text', { fetcher: said })).rejects.toMatchObject({
      problem: { code: 'downloadTooLarge', values: { bytes: 3_000_000_000, most: mostBytes.text } },
    });
    expect(read).not.toHaveBeenCalled();
    const chunk = new Uint8Array(1_048_576).fill(97);
    const endless = (async () =>
      new Response(body(Array(12).fill(chunk), 'close'))) as unknown as typeof fetch;
    await expect(download(fresh(), 'text', { fetcher: endless })).rejects.toThrow('downloadTooLarge');
  });

  const page = '\n <!doctype html><html><body>Welcome</body></html>';
  it.each<[FileKind, string]>([
    ['text', page],
    ['text', '<html lang="en">'],
    ['json', page],
    ['json', '[1]'],
    ['weights', page],
    ['vectors', page],
  ])('a front page is no %s, whatever its type', async (kind, content) => {
    for (const type of ['text/plain', 'application/octet-stream', 'text/html; charset=utf-8']) {
      const fetcher = (async () =>
        new Response(content, { headers: { 'content-type': type } })) as unknown as typeof fetch;
      await expect(download(fresh('some.file'), kind, { fetcher })).rejects.toMatchObject({
        problem: { code: 'downloadNotWhatWasAsked', values: { file: 'some.file' } },
      });
    }
  });
});

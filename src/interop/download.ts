/**
 * Fetches a file with what can be asked of a network that is slow, cut off or in the way: nothing waits for ever, sizes
 * are asked before bytes, what came is kept for the next try, and what arrives is looked at before it is believed.
 */
import { ProblemError } from '../config/problems';
import { forgetPart, keepPart, loadPart, type Part } from './downloadParts';

export type Bytes = Uint8Array<ArrayBuffer>;
export type Progress = (loaded: number, total: number | null) => void;
export type FileKind = 'text' | 'json' | 'weights' | 'vectors';

/** Bytes of a file, at most. */
export const mostBytes: Record<FileKind, number> = {
  text: 10_485_760,
  json: 16_777_216,
  weights: 536_870_912,
  vectors: 67_108_864,
};

/** Milliseconds without a byte after which a download has failed. */
const stalledAfter = 15_000;
/** A busy thread hears of bytes late: they get this long, in milliseconds, once it is free. */
const grace = 200;

export interface DownloadOptions {
  fetcher?: typeof fetch;
  onProgress?: Progress;
  /** Milliseconds. */
  stallAfter?: number;
}

/**
 * The whole file. A try that failed is taken up where the server says that the file is still the same (If-Range).
 * @throws ProblemError downloadFailed, downloadUnreachable, downloadStalled, downloadTooLarge, downloadNotWhatWasAsked
 */
export async function download(url: string, kind: FileKind, options: DownloadOptions = {}): Promise<Bytes> {
  const file = url.slice(url.lastIndexOf('/') + 1);
  const before = await loadPart(url);
  const watch = new StallWatch(options.stallAfter ?? stalledAfter);
  let part: Part | null = null;
  try {
    const response = await watch.waitFor(request(url, before, watch.signal, options.fetcher ?? fetch));
    if (before && !goesOn(response, before)) {
      await forgetPart(url);
      if (response.status !== 200) return await download(url, kind, options);
    }
    refuseAnswer(response, file);
    const opened = openBody(response, before);
    part = opened.part;
    const { total } = opened;
    refuseSize(file, kind, total ?? 0);
    options.onProgress?.(part.loaded, total);
    const reader = response.body?.getReader();
    for (;;) {
      const read = await (reader && watch.waitFor(reader.read()));
      if (!read || read.done) break;
      part.chunks.push(read.value);
      part.loaded += read.value.length;
      refuseSize(file, kind, part.loaded);
      options.onProgress?.(part.loaded, total);
    }
    if (total !== null && part.loaded < total) throw new TypeError('The connection was closed too early');
  } catch (cause) {
    watch.abort();
    if (cause instanceof ProblemError) throw cause;
    if (part?.tag && part.loaded > 0) await keepPart(url, part);
    if (!watch.stalled) throw new ProblemError('downloadUnreachable', { file }, { cause });
    throw new ProblemError('downloadStalled', { file, seconds: Math.round(watch.after / 1000) }, { cause });
  } finally {
    watch.end();
  }
  if (before) await forgetPart(url);
  const bytes = joined(part.chunks, part.loaded);
  if (!isOfKind(bytes, kind)) throw new ProblemError('downloadNotWhatWasAsked', { file });
  return bytes;
}

function request(url: string, before: Part | null, signal: AbortSignal, fetcher: typeof fetch) {
  const headers = before?.tag ? { Range: `bytes=${before.loaded}-`, 'If-Range': before.tag } : undefined;
  return fetcher(url, { signal, headers });
}

function refuseAnswer(response: Response, file: string) {
  // Servers of single-page apps answer with the page where a file is missing, and networks with a sign-in page.
  const isPage = response.headers.get('content-type')?.startsWith('text/html');
  if (response.ok && isPage) throw new ProblemError('downloadNotWhatWasAsked', { file });
  if (!response.ok) throw new ProblemError('downloadFailed', { file, status: response.status });
}

/** True where an answer is the rest of the very file that came in part. */
function goesOn({ status, headers }: Response, before: Part): boolean {
  const range = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '');
  return (
    status === 206 && Number(range?.[1]) === before.loaded && (tagOf(headers) ?? before.tag) === before.tag
  );
}

/** The server's name for this state of the file; null where no range of it would fit what came before. */
function tagOf(headers: Headers): string | null {
  const validator = headers.get('etag') ?? headers.get('last-modified');
  return headers.has('content-encoding') || !validator || validator.startsWith('W/') ? null : validator;
}

/** What is here already, and the length of the whole file where it is said. */
function openBody({ status, headers }: Response, before: Part | null): { part: Part; total: number | null } {
  // A compressed body is longer than its header says.
  const length = headers.has('content-encoding') ? null : headers.get('content-length');
  const rest = length === null ? null : Number(length);
  const part: Part =
    before && status === 206
      ? { ...before, chunks: [...before.chunks] }
      : { chunks: [], loaded: 0, tag: tagOf(headers) };
  return { part, total: rest === null ? null : part.loaded + rest };
}

function refuseSize(file: string, kind: FileKind, bytes: number) {
  const most = mostBytes[kind];
  if (bytes > most) throw new ProblemError('downloadTooLarge', { file, bytes, most });
}

function joined(chunks: readonly Uint8Array[], length: number): Bytes {
  const bytes = new Uint8Array(length);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

/** Whether a file begins as its kind does; a front page served under any type does not. */
function isOfKind(bytes: Uint8Array, kind: FileKind): boolean {
  // Of weights the first eight bytes are a length; a file that ends before is known to be cut off when it is read.
  if (kind === 'weights') return bytes.length <= 8 || (bytes[8] === 0x7b && bytes[0] !== 0x3c);
  const start = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  if (kind === 'json') return start.startsWith('{');
  const isPage = /^<[!?a-z]/i.test(start);
  return !isPage && (kind === 'vectors' || !start.includes('\0'));
}

/** Aborts what waits too long for its next byte. */
class StallWatch {
  stalled = false;
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly after: number) {}

  get signal() {
    return this.controller.signal;
  }

  /** The same, or an error where it takes too long. */
  waitFor<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.timer = setTimeout(() => {
          this.stalled = true;
          reject(new Error('Stalled'));
        }, grace);
      }, this.after);
      promise.then(resolve, reject);
    });
  }

  abort() {
    this.controller.abort();
  }

  end() {
    clearTimeout(this.timer);
  }
}

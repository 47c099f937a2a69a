/** Files that the engine is made of: asked for a few times, since one lost request must not cost a visit its speed. */
import { importAgain } from '../../util/importAgain';
import { DownloadError } from './errors';

/** Milliseconds before the second and the third try. */
const pauses = [300, 1000];
/** Milliseconds without a byte after which a try has failed. */
const patience = 15_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries again where that may help: not where the server says that there is no such file. */
async function severalTimes<T>(attempt: (again: boolean) => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await attempt(pause !== pauses[0]);
    } catch (error) {
      if (error instanceof DownloadError && error.isFinal) throw error;
      await wait(pause);
    }
  }
  return attempt(true);
}

/**
 * The bytes of a WebAssembly file.
 * @throws DownloadError after three tries
 */
export function downloadWasm(url: URL | string): Promise<ArrayBuffer> {
  const address = new URL(url, globalThis.location?.href);
  const file = address.pathname.slice(address.pathname.lastIndexOf('/') + 1);
  // A broken copy must not be taken from the browser's cache again.
  return severalTimes((again) => attempt(address, file, again ? 'reload' : 'default'));
}

async function attempt(address: URL, file: string, cache: RequestCache): Promise<ArrayBuffer> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), patience);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(), patience);
  };
  try {
    const response = await fetch(address, { cache, signal: stalled.signal, credentials: 'same-origin' });
    // Servers of single-page apps answer with the page where a file is missing.
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    if (!response.ok || isPage) throw new DownloadError(file, isPage ? 404 : response.status);
    const bytes = await readBody(response, alive);
    if (new DataView(bytes).getUint32(0) !== wasmMagic) throw new DownloadError(file, null);
    return bytes;
  } catch (cause) {
    throw cause instanceof DownloadError ? cause : new DownloadError(file, null, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** `\0asm`, the first four bytes. */
const wasmMagic = 0x0061736d;

async function readBody(response: Response, alive: () => void): Promise<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    alive();
    parts.push(part.value);
  }
  return new Blob(parts).arrayBuffer();
}

/**
 * A part of the engine's code.
 * @param name what it is called in the words about a failure
 * @throws DownloadError after three tries
 */
export async function importPart<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await severalTimes(() => importAgain(load));
  } catch (cause) {
    throw new DownloadError(name, null, { cause });
  }
}

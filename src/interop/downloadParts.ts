/** What came of downloads that failed, for the next try: in memory, and in the Cache API since a worker may end. */

export interface Part {
  chunks: Uint8Array[];
  /** Bytes of all of them. */
  loaded: number;
  /** The server's name for this state of the file (ETag, or Last-Modified); null: it can't be taken up. */
  tag: string | null;
}

const cacheName = 'stillroom-parts';
const tagHeader = 'x-tag';
const parts = new Map<string, Part>();

export async function keepPart(url: string, part: Part): Promise<void> {
  parts.set(url, part);
  await withCache(async (cache) => {
    const body = new Blob(part.chunks as BlobPart[]);
    await cache.put(url, new Response(body, { headers: { [tagHeader]: part.tag ?? '' } }));
  }, true);
}

export async function loadPart(url: string): Promise<Part | null> {
  const known = parts.get(url);
  if (known) return known;
  return withCache(async (cache) => {
    const kept = await cache.match(url);
    const tag = kept?.headers.get(tagHeader);
    if (!kept || !tag) return null;
    const bytes = new Uint8Array(await kept.arrayBuffer());
    return { chunks: [bytes], loaded: bytes.length, tag };
  });
}

export async function forgetPart(url: string): Promise<void> {
  parts.delete(url);
  await withCache((cache) => cache.delete(url));
}

/** Null where there is no Cache API, the browser forbids it, or, unless it is made, nothing was ever kept. */
async function withCache<T>(work: (cache: Cache) => Promise<T>, make = false): Promise<T | null> {
  if (typeof caches === 'undefined') return null;
  try {
    if (!make && !(await caches.has(cacheName))) return null;
    return await work(await caches.open(cacheName));
  } catch {
    return null;
  }
}

/** Loads a teacher's files from a folder on a server, with progress, and keeps them in the Cache API where it exists. */
import { boundedJson } from './boundedJson';
import { type Bytes, download, type Progress } from './download';
import { parseTeacher, type TeacherBundle, type TeacherFiles } from './teacherBundle';

const cachePrefix = 'stillroom-teachers-';
const files = { config: 'config.json', tokenizer: 'tokenizer.json', weights: 'model.safetensors' };

/**
 * @param baseUrl address of the folder with the three files, ending in `/`
 * @param onProgress bytes of the weights so far, and of all of them where the server says how many
 * @param version names the deployment: kept files of another version are deleted; null keeps nothing
 * @throws ProblemError download…, or what `parseTeacher` finds
 */
export async function fetchTeacher(
  baseUrl: string,
  onProgress: Progress,
  fetcher: typeof fetch = fetch,
  version: string | null = null,
): Promise<TeacherBundle> {
  const cache = version === null ? null : await openCache(version);
  const kept = cache && (await readKept(cache, baseUrl));
  if (kept) {
    onProgress(kept.weights.byteLength, kept.weights.byteLength);
    return parseTeacher(kept);
  }
  const [config, tokenizer, weights] = await Promise.all([
    download(baseUrl + files.config, 'json', { fetcher }),
    download(baseUrl + files.tokenizer, 'json', { fetcher }),
    download(baseUrl + files.weights, 'weights', { fetcher, onProgress }),
  ]);
  const bundle = parseTeacher({
    config: boundedJson(files.config, config),
    tokenizer: boundedJson(files.tokenizer, tokenizer),
    weights: weights.buffer,
  });
  // Only what could be read is kept.
  if (cache) await keep(cache, baseUrl, { config, tokenizer, weights });
  return bundle;
}

/** Null where there is no Cache API, or the browser forbids it. */
async function openCache(version: string): Promise<Cache | null> {
  if (typeof caches === 'undefined') return null;
  try {
    const name = cachePrefix + version;
    const others = (await caches.keys()).filter((key) => key.startsWith(cachePrefix) && key !== name);
    await Promise.all(others.map((key) => caches.delete(key)));
    return await caches.open(name);
  } catch {
    return null;
  }
}

async function readKept(cache: Cache, baseUrl: string): Promise<TeacherFiles | null> {
  try {
    const [config, tokenizer, weights] = await Promise.all(
      Object.values(files).map((file) => cache.match(baseUrl + file)),
    );
    if (!config || !tokenizer || !weights) return null;
    return {
      config: await config.json(),
      tokenizer: await tokenizer.json(),
      weights: await weights.arrayBuffer(),
    };
  } catch {
    return null;
  }
}

/** A full disk is no reason to fail: the files are then loaded again next time. */
async function keep(cache: Cache, baseUrl: string, contents: Record<keyof typeof files, Bytes>) {
  try {
    for (const key of Object.keys(files) as (keyof typeof files)[]) {
      await cache.put(baseUrl + files[key], new Response(contents[key]));
    }
  } catch {
    // Nothing was promised.
  }
}

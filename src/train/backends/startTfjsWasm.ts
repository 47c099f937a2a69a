/** Brings tfjs's WASM backend up, whatever the network and the page's host do. */
import * as tf from '@tensorflow/tfjs';
import { downloadWasm } from '../../kernels/backends/download';

/** Threads that are not up so many milliseconds after their binary arrived never will be. */
const patience = 10_000;
const threadFlag = 'WASM_HAS_MULTITHREAD_SUPPORT';

/**
 * Makes WASM tfjs's backend: on threads where memory can be shared, on one where they don't start. False where there
 * is no WebAssembly.
 * @param wasmPaths as in StartOptions
 * @param setPaths tfjs's own `setWasmPaths`
 * @throws DownloadError; the next call then tries again
 */
export async function startTfjsWasm(
  wasmPaths: Record<string, string> | null,
  setPaths: (paths: Record<string, string>, usePlatformFetch: boolean) => void,
): Promise<boolean> {
  if (tf.engine().registry.wasm) return tf.setBackend('wasm');
  if (wasmPaths) setPaths(wasmPaths, true);
  const threaded = await tf.env().getAsync(threadFlag);
  if (await attempt(threaded ? patience : null)) return true;
  if (!threaded) return false;
  console.warn('The threads of WebAssembly do not start here: going on with one.');
  tf.env().set(threadFlag, false);
  return attempt(null);
}

/** @param limit milliseconds that threads have to start; null: there are none */
async function attempt(limit: number | null): Promise<boolean> {
  const { platform } = tf.env();
  const before = platform.fetch;
  const ended = new AbortController();
  try {
    const trouble = new Promise<boolean>((resolve, reject) => {
      // tfjs does not go on after a failed download, nor does it say so.
      platform.fetch = async (path) => {
        const bytes = await downloadWasm(path).catch((error) => {
          reject(error);
          return new Promise<never>(() => {});
        });
        if (limit !== null) setTimeout(() => resolve(false), limit);
        return new Response(bytes);
      };
      // A thread that fails throws in this one, which would be taken for the end of this one.
      if (limit === null) return;
      addEventListener(
        'error',
        (event) => {
          event.preventDefault();
          resolve(false);
        },
        { signal: ended.signal },
      );
    });
    const up = await Promise.race([tf.setBackend('wasm'), trouble]);
    if (!up) startOver();
    return up;
  } catch (error) {
    startOver();
    throw error;
  } finally {
    platform.fetch = before;
    ended.abort();
  }
}

/** Lets tfjs forget a start that came to nothing, or may yet come to something nobody waits for. */
function startOver() {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory, 2);
}

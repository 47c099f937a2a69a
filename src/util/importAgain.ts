declare global {
  /** Stands behind the address of every chunk in the build (tools/importSuffix.ts): '' until one has failed. */
  var importSuffix: string | undefined;
}

let failures = 0;

/**
 * Imports a chunk; after a failure the next import asks anew. Browsers keep the failure of an address for as long as the
 * page lives, so that the same `import()` would fail again without a request.
 * @throws what `load` throws
 */
export async function importAgain<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    failures += 1;
    globalThis.importSuffix = `?again=${failures}`;
    throw error;
  }
}

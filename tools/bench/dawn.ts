/** WebGPU for Node: Dawn, from the npm package `webgpu`, which is not among the dependencies. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';

interface Dawn {
  create(flags: string[]): GPU;
  globals: Record<string, unknown>;
}

/** Path of the package's module; null where it isn't installed. */
export function dawnPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve('webgpu');
  } catch {
    return null;
  }
}

/** Gives this process `navigator.gpu` and the classes of WebGPU, as a browser has them; without Dawn nothing. */
export async function installDawn(): Promise<void> {
  const path = dawnPath();
  if (!path) return;
  const { create, globals } = (await import(pathToFileURL(path).href)) as Dawn;
  Object.assign(globalThis, globals);
  const navigator = {
    gpu: create([]),
    hardwareConcurrency: availableParallelism(),
    userAgent: `Node.js/${process.versions.node}`,
  };
  // Node 21 and later have a `navigator` of their own, which can't be assigned to.
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
}

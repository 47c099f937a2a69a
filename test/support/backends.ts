/** Starts tfjs backends as the worker does, for suites that run on each of them. */
import * as tf from '@tensorflow/tfjs';
import singlePath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdPath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedPath from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { afterEach, beforeAll, describe, expect } from 'vitest';
import type { BackendName } from '../../src/config/results';
import { type StartedBackend, startBackend } from '../../src/train/backends/choose';

const inBrowser = typeof window !== 'undefined';

/** Backends that the suites run on here. Where one of them can't be had the tests fail; none is skipped. */
export const testBackends: BackendName[] = inBrowser ? ['webgpu', 'wasm', 'cpu'] : ['wasm', 'cpu'];

const wasmPaths = inBrowser
  ? {
      'tfjs-backend-wasm.wasm': singlePath,
      'tfjs-backend-wasm-simd.wasm': simdPath,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedPath,
    }
  : null;

const started = new Map<BackendName, Promise<StartedBackend>>();

/** Makes a backend the current one, started on first use; tests in one file share it. */
export async function setUpBackend(name: BackendName): Promise<void> {
  const start = () =>
    startBackend({
      forced: name,
      onLost: (reason) => console.error(reason),
      onError: () => {},
      tunings: null,
      wasmPaths,
    });
  const pending = started.get(name) ?? start();
  const isNew = !started.has(name);
  started.set(name, pending);
  await pending;
  await tf.setBackend(name);
  if (isNew && name === 'webgpu') listenForGpuErrors();
}

/** What WebGPU refused: a program that it refuses is left out in silence, and its result is whatever was there. */
const gpuErrors: string[] = [];

function listenForGpuErrors() {
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  device.addEventListener('uncapturederror', ({ error }) => gpuErrors.push(error.message));
}

afterEach(() => {
  expect(gpuErrors.splice(0)).toEqual([]);
});

/** A suite whose tests run on one backend. */
export function describeOn(backend: BackendName, subject: string, tests: () => void) {
  describe(`${subject} on ${backend}`, () => {
    beforeAll(() => setUpBackend(backend));
    tests();
  });
}

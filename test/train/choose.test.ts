import { expect, it, vi } from 'vitest';
import { DownloadError } from '../../src/kernels/backends/errors';
import { loadWasmKernels } from '../../src/kernels/backends/wasm';
import { type StartOptions, startBackend } from '../../src/train/backends/choose';

vi.mock('../../src/kernels/backends/wasm', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/kernels/backends/wasm')>();
  return { ...original, loadWasmKernels: vi.fn(original.loadWasmKernels) };
});

const options: StartOptions = {
  forced: null,
  onLost: () => {},
  onError: () => {},
  tunings: null,
  wasmPaths: null,
};

const file = 'kernels.wasm';
const failTwice = () =>
  vi
    .mocked(loadWasmKernels)
    .mockRejectedValueOnce(new DownloadError(file, 503))
    .mockRejectedValueOnce(new DownloadError(file, null));

it('plain JavaScript stands in where WASM did not arrive, says so, and gives way at the next start', async () => {
  failTwice();
  for (let i = 0; i < 2; i++) {
    const { report, provisional } = await startBackend(options);
    expect(report).toMatchObject({ name: 'cpu', reason: 'wasmDownloadFailed' });
    expect(provisional).toBe(true);
  }
  const { report, provisional } = await startBackend(options);
  expect(report).toMatchObject({ name: 'wasm', reason: 'noWebgpu' });
  expect(provisional).toBe(false);
});

it('after the loss of a GPU that does not come back WASM goes on, also where WebGPU was forced', async () => {
  for (const forced of [null, 'webgpu'] as const) {
    const { report, provisional } = await startBackend({ ...options, forced, after: 'lostDevice' });
    expect(report).toMatchObject({ name: 'wasm', reason: 'gpuLost' });
    // A person who asked for WebGPU would be refused at the next start.
    expect(provisional).toBe(forced === null);
  }
  await expect(startBackend({ ...options, forced: 'webgpu' })).rejects.toMatchObject({
    problem: { code: 'backendUnavailable' },
  });
});

import { expect, it, vi } from 'vitest';
import { DownloadError } from '../../src/kernels/backends/errors';
import { loadWasmKernels } from '../../src/kernels/backends/wasm';
import { startBackend } from '../../src/train/backends/choose';

vi.mock('../../src/kernels/backends/wasm', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/kernels/backends/wasm')>();
  return { ...original, loadWasmKernels: vi.fn(original.loadWasmKernels) };
});

it('a forced WASM that does not arrive is told as such, and is tried again the next time', async () => {
  const options = {
    forced: 'wasm' as const,
    onLost: () => {},
    onError: () => {},
    tunings: null,
    wasmPaths: null,
  };
  const file = 'kernels.wasm';
  vi.mocked(loadWasmKernels)
    .mockRejectedValueOnce(new DownloadError(file, 503))
    .mockRejectedValueOnce(new DownloadError(file, null));
  const failures = [
    { code: 'downloadFailed', values: { file, status: 503 } },
    { code: 'downloadUnreachable', values: { file } },
  ];
  for (const problem of failures) await expect(startBackend(options)).rejects.toMatchObject({ problem });
  expect((await startBackend(options)).report.name).toBe('wasm');
});

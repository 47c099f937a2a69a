import { expect, it, vi } from 'vitest';
import { loadWasmKernels } from '../../src/kernels/backends/wasm';
import { describeOn } from '../support/backends';
import { describeWasm } from './describeWasm';

describeWasm();

describeOn('wasm', 'the download of the kernels', () => {
  const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } });
  it.each([
    { what: 'is refused', answer: async () => new Response(null, { status: 503 }), status: 503 },
    { what: 'is answered with the page', answer: async () => page(), status: 404 },
    { what: 'does not arrive', answer: () => Promise.reject(new TypeError('offline')), status: null },
  ])('is known to have failed where it $what', async ({ answer, status }) => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockImplementation(answer);
    try {
      await expect(loadWasmKernels()).rejects.toMatchObject({ name: 'DownloadError', status });
    } finally {
      fetching.mockRestore();
    }
  });
});

import { describe, expect, it, vi } from 'vitest';
import { firstPreset } from '../../src/store/firstPreset';

const adapterWith = (info: Partial<GPUAdapterInfo>) =>
  ({ info: { vendor: '', architecture: '', device: '', description: '', ...info } }) as GPUAdapter;
const gpuWith = (answer: () => Promise<GPUAdapter | null>) => ({ requestAdapter: answer });

describe('firstPreset', () => {
  it('is the larger one with a GPU', async () => {
    const gpu = gpuWith(async () => adapterWith({ vendor: 'nvidia', architecture: 'hopper' }));
    expect(await firstPreset(gpu)).toBe('distilbert');
  });

  it.each([
    ['there is no WebGPU', undefined],
    ['there is no GPU', gpuWith(async () => null)],
    ['the browser refuses', gpuWith(() => Promise.reject(new Error('blocked')))],
    ['it is a fallback', gpuWith(async () => adapterWith({ vendor: 'google', isFallbackAdapter: true }))],
    ['it is emulated', gpuWith(async () => adapterWith({ architecture: 'swiftshader' }))],
    ['it is emulated by Mesa', gpuWith(async () => adapterWith({ description: 'llvmpipe (LLVM 20)' }))],
  ])('is the tiny one where %s', async (_, gpu) => {
    expect(await firstPreset(gpu)).toBe('tiny');
  });

  it('does not wait for a GPU that never answers', async () => {
    vi.useFakeTimers();
    try {
      const answer = firstPreset(gpuWith(() => new Promise(() => {})));
      await vi.advanceTimersByTimeAsync(500);
      expect(await answer).toBe('tiny');
    } finally {
      vi.useRealTimers();
    }
  });
});

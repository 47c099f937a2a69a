import { expect, it, vi } from 'vitest';
import { startBackend } from '../../src/train/backends/choose';
import { applyTuning } from '../../src/train/backends/tuning';

vi.mock('../../src/train/backends/tuning', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../src/train/backends/tuning')>()),
  applyTuning: vi.fn(),
}));

it('a start on WebGPU that fails half-way gives its device back in silence', async () => {
  vi.mocked(applyTuning).mockImplementationOnce(() => {
    throw new Error('half-way');
  });
  const request = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  const onLost = vi.fn();
  const start = startBackend({ forced: 'webgpu', onLost, onError: () => {}, tunings: null, wasmPaths: null });
  await expect(start).rejects.toThrow('half-way');
  const device = await request.mock.results[0].value;
  expect((await device.lost).reason).toBe('destroyed');
  expect(onLost).not.toHaveBeenCalled();
});

import { expect, test } from 'vitest';

// A missing adapter is a failure, not a reason to skip: every other GPU test would prove nothing.
test('the browser of the tests has WebGPU', async () => {
  const adapter = await navigator.gpu?.requestAdapter();
  expect(adapter, 'navigator.gpu gives no adapter').toBeTruthy();
  const device = await adapter?.requestDevice();
  expect(device?.limits.maxComputeWorkgroupSizeX).toBeGreaterThan(0);
  device?.destroy();
});

test('the page of the tests is cross-origin isolated', () => {
  expect(crossOriginIsolated).toBe(true);
});

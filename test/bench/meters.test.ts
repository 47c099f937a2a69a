import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { installMeters } from '../../src/bench/meters';

/** Just enough of WebGPU to be counted. */
class Buffer {
  destroyed = false;
  destroy() {
    this.destroyed = true;
  }
}
class Device {
  createBuffer(_: { size: number }) {
    return new Buffer();
  }
}
class Pass {
  counts: number[][] = [];
  dispatchWorkgroups(...sizes: number[]) {
    this.counts.push(sizes);
  }
  dispatchWorkgroupsIndirect() {}
}

const { Memory, Instance, instantiate, instantiateStreaming } = WebAssembly;
beforeEach(() => {
  vi.stubGlobal('GPUDevice', Device);
  vi.stubGlobal('GPUBuffer', Buffer);
  vi.stubGlobal('GPUComputePassEncoder', Pass);
});
afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(WebAssembly, { Memory, Instance, instantiate, instantiateStreaming });
});

test('dispatches are counted and still made', () => {
  const meters = installMeters();
  const pass = new Pass();
  pass.dispatchWorkgroups(4, 2);
  pass.dispatchWorkgroupsIndirect();
  expect(meters.dispatches()).toBe(2);
  expect(pass.counts).toEqual([[4, 2, 1]]);
});

test('the peak of GPU buffers is the most that lived at once', () => {
  const meters = installMeters();
  const device = new Device();
  const first = device.createBuffer({ size: 100 });
  first.destroy();
  first.destroy();
  expect(first.destroyed).toBe(true);
  device.createBuffer({ size: 60 });
  expect(meters.peakBytes()).toBe(100);
  device.createBuffer({ size: 50 });
  expect(meters.peakBytes()).toBe(110);
});

/** A module that exports a memory of one page. */
const exportingMemory = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 5, 1, 1, 0x6d, 2, 0,
]);
const page = 65_536;

test('WASM memory counts, made here or exported by a module, and as it grows', async () => {
  const meters = installMeters();
  const memory = new WebAssembly.Memory({ initial: 2 });
  expect(memory).toBeInstanceOf(Memory);
  expect(meters.peakBytes()).toBe(2 * page);
  const { instance } = await WebAssembly.instantiate(exportingMemory);
  expect(meters.peakBytes()).toBe(3 * page);
  await WebAssembly.instantiate(new WebAssembly.Module(exportingMemory));
  expect(meters.peakBytes()).toBe(4 * page);
  (instance.exports.m as WebAssembly.Memory).grow(1);
  expect(meters.peakBytes()).toBe(5 * page);
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { squaredNormKernel } from '../../src/kernels/adamW/kernel';
import type { WasmModule } from '../../src/kernels/backends/wasmModule';
import { closeTo } from '../support/closeTo';
import { noise, referenceOf } from './checkKernel';
import { describeWasm } from './describeWasm';

describeWasm();

const folder = fileURLToPath(new URL('../../src/kernels/wasm-build', import.meta.url));

describe('the binaries of the fused kernels', () => {
  const binaries = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  const usable = binaries.filter((name) => WebAssembly.validate(readFileSync(`${folder}/${name}`)));

  it('there is one for each kind of memory, with and without fused multiply-add', () => {
    expect(binaries.length).toBe(4);
    expect(usable).toEqual(expect.arrayContaining(['kernels.wasm', 'kernels-shared.wasm']));
  });

  it.each(usable)('%s owns no memory, and computes', async (name) => {
    const memory = new WebAssembly.Memory(
      name.includes('shared') ? { initial: 1, maximum: 65536, shared: true } : { initial: 1 },
    );
    const bytes = new Uint8Array(memory.buffer).fill(0xab);
    const { instance } = await WebAssembly.instantiate(readFileSync(`${folder}/${name}`), {
      env: { memory },
    });
    expect(bytes.every((byte) => byte === 0xab)).toBe(true);

    const x = noise([4096], 1);
    new Float32Array(memory.buffer).set(x.values, 1024);
    (instance.exports as WasmModule).squaredNorm(4096, 0, 4096, 0, 256);
    const { outputs } = referenceOf(squaredNormKernel, { x }, {});
    closeTo(new Float32Array(memory.buffer, 0, 256), outputs[0]);
    // Nothing else was written.
    expect(bytes.subarray(1024, 4096).every((byte) => byte === 0xab)).toBe(true);
  });
});

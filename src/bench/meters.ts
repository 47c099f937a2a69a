/** Counts what passes through WebGPU and WebAssembly in this worker, whatever engine runs in it. */

export interface Meters {
  /** Compute dispatches encoded so far. */
  dispatches(): number;
  /** The most bytes that GPU buffers and WASM memory have held so far. */
  peakBytes(): number;
}

/** Call once, before an engine is loaded: engines may keep what they find at load time. */
export function installMeters(): Meters {
  const gpu = typeof GPUDevice === 'undefined' ? null : measureGpu();
  const wasmBytes = measureWasm();
  return {
    dispatches: () => gpu?.dispatches ?? 0,
    peakBytes: () => (gpu?.peakBytes ?? 0) + wasmBytes(),
  };
}

function measureGpu() {
  const counts = { dispatches: 0, bytes: 0, peakBytes: 0 };
  const released = (size: number) => {
    counts.bytes -= size;
  };
  // Engines also drop buffers without destroying them; those are freed when they are collected.
  const collected = new FinalizationRegistry(released);
  const alive = new WeakMap<GPUBuffer, number>();

  const pass = GPUComputePassEncoder.prototype;
  wrap(
    pass,
    'dispatchWorkgroups',
    (original) =>
      function (this: GPUComputePassEncoder, x, y = 1, z = 1) {
        counts.dispatches++;
        return original.call(this, x, y, z);
      },
  );
  wrap(
    pass,
    'dispatchWorkgroupsIndirect',
    (original) =>
      function (this: GPUComputePassEncoder, ...where) {
        counts.dispatches++;
        return original.apply(this, where);
      },
  );
  wrap(
    GPUDevice.prototype,
    'createBuffer',
    (original) =>
      function (this: GPUDevice, descriptor) {
        const buffer = original.call(this, descriptor);
        alive.set(buffer, descriptor.size);
        collected.register(buffer, descriptor.size, buffer);
        counts.bytes += descriptor.size;
        counts.peakBytes = Math.max(counts.peakBytes, counts.bytes);
        return buffer;
      },
  );
  wrap(
    GPUBuffer.prototype,
    'destroy',
    (original) =>
      function (this: GPUBuffer) {
        const size = alive.get(this);
        if (size !== undefined) {
          alive.delete(this);
          collected.unregister(this);
          released(size);
        }
        return original.call(this);
      },
  );
  return counts;
}

/** WASM memory only grows, so that its size now is its peak. */
function measureWasm(): () => number {
  const memories = new Set<WebAssembly.Memory>();
  const noteExports = (instance: WebAssembly.Instance) => {
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) memories.add(value);
    }
  };
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(target, parameters, newTarget) {
      const memory = Reflect.construct(target, parameters, newTarget);
      memories.add(memory);
      return memory;
    },
  });
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, parameters, newTarget) {
      const instance = Reflect.construct(target, parameters, newTarget);
      noteExports(instance);
      return instance;
    },
  });
  // From bytes the promise is of { module, instance }, from a module of the instance itself.
  type Instantiated = WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource;
  for (const name of ['instantiate', 'instantiateStreaming'] as const) {
    const original = WebAssembly[name] as (...parameters: unknown[]) => Promise<Instantiated>;
    const noting = async (...parameters: unknown[]) => {
      const result = await original(...parameters);
      noteExports('instance' in result ? result.instance : result);
      return result;
    };
    Object.assign(WebAssembly, { [name]: noting });
  }
  return () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/** Replaces a method by what `change` makes of it. */
function wrap<T extends object, K extends keyof T>(target: T, name: K, change: (original: T[K]) => T[K]) {
  Object.defineProperty(target, name, { value: change(target[name]), configurable: true, writable: true });
}

/** What this project adds to a backend. Call after the backend's package is imported and before the first operation. */

import type { KernelConfig } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';
import { registerTransposingMatMul } from './batchMatMul/wasm';
import { segmentSumOnWebgpu } from './gatherRows/program';
import { segmentSumOn } from './gatherRows/reference';

const registered = new Set<string>();

/** Registers our kernels for one backend; later calls for the same backend do nothing. */
export function registerKernels(backend: 'webgpu' | 'wasm' | 'cpu') {
  if (registered.has(backend)) return;
  registered.add(backend);
  const segmentSum: KernelConfig = backend === 'webgpu' ? segmentSumOnWebgpu : segmentSumOn(backend);
  tf.registerKernel(segmentSum);
  if (backend === 'wasm') registerTransposingMatMul();
}

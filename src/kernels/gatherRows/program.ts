/** The segment sum on the GPU: one thread per element of the result, no atomics. */

import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';

const threads = 64;

const segmentSumProgram = (rows: number, d: number): WebGPUProgram => ({
  variableNames: ['values', 'order', 'offsets'],
  outputShape: [rows, d],
  workgroupSize: [threads, 1, 1],
  dispatchLayout: { x: [0, 1] },
  dispatch: [Math.ceil((rows * d) / threads), 1, 1],
  uniforms: 'd : i32, total : i32,',
  shaderKey: 'stillroomSegmentSum',
  getUserCode: () => `
    fn main(index : i32) {
      if (index >= uniforms.total) { return; }
      let row = index / uniforms.d;
      let column = index % uniforms.d;
      var sum = 0.0;
      for (var k = offsets[row]; k < offsets[row + 1]; k++) {
        sum += values[order[k] * uniforms.d + column];
      }
      result[index] = sum;
    }`,
});

export const segmentSumOnWebgpu: KernelConfig = {
  kernelName: 'StillroomSegmentSum',
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend }) => {
    const { values, order, offsets } = inputs as Record<'values' | 'order' | 'offsets', TensorInfo>;
    const rows = offsets.shape[0] - 1;
    const d = values.shape[1];
    return (backend as WebGPUBackend).runWebGPUProgram(
      segmentSumProgram(rows, d),
      [values, order, offsets],
      'float32',
      [
        { type: 'int32', data: [d] },
        { type: 'int32', data: [rows * d] },
      ],
    );
  },
};

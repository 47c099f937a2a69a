/** The plain form of the segment sum: on typed arrays, for the CPU and WASM backends and for the tests. */
import type { DataType, KernelBackend, KernelConfig, TensorInfo } from '@tensorflow/tfjs';

/** values [N, d], order [N], offsets [R + 1] -> [R, d], summed in the order of `order`. */
export function segmentSumReference(values: Float32Array, order: Int32Array, offsets: Int32Array, d: number) {
  const rows = offsets.length - 1;
  const sums = new Float32Array(rows * d);
  for (let row = 0; row < rows; row++) {
    for (let k = offsets[row]; k < offsets[row + 1]; k++) {
      const from = order[k] * d;
      for (let j = 0; j < d; j++) sums[row * d + j] += values[from + j];
    }
  }
  return sums;
}

/** The kernel for a backend whose values can be read at once. */
export const segmentSumOn = (backendName: 'cpu' | 'wasm'): KernelConfig => ({
  kernelName: 'StillroomSegmentSum',
  backendName,
  kernelFunc: ({ inputs, backend }) => {
    const { values, order, offsets } = inputs as Record<'values' | 'order' | 'offsets', TensorInfo>;
    const host = backend as KernelBackend;
    const d = values.shape[1];
    const shape = [offsets.shape[0] - 1, d];
    const read = (tensor: TensorInfo) => host.readSync(tensor.dataId);
    const sums = segmentSumReference(
      read(values) as Float32Array,
      read(order) as Int32Array,
      read(offsets) as Int32Array,
      d,
    );
    const dtype: DataType = 'float32';
    return { dataId: host.write(sums, shape, dtype), shape, dtype };
  },
});

/** Fused kernels on tfjs's plain JavaScript backend: their references. */
import type { KernelConfig, TensorInfo, TypedArray } from '@tensorflow/tfjs';
import type { Attributes, FusedKernel, Values } from '../kernel';
import { sizeOf } from '../kernel';

interface CpuBackend {
  /** The arrays themselves, so that kernels may work in place. */
  data: { get(id: object): { values: TypedArray } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** A kernel's form for the backend `cpu`. */
export const cpuKernel = <A extends Attributes>(kernel: FusedKernel<A>): KernelConfig => ({
  kernelName: kernel.name,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const host = backend as CpuBackend;
    const tensors = Object.entries(inputs as unknown as Record<string, TensorInfo>);
    const shapes = Object.fromEntries(tensors.map(([name, { shape }]) => [name, shape]));
    const values: Values = Object.fromEntries(
      tensors.map(([name, { dataId }]) => [name, host.data.get(dataId).values]),
    );
    const attributes = attrs as unknown as A;
    const outputShapes = kernel.outputs(shapes, attributes);
    const outputs = outputShapes.map((shape) => new Float32Array(sizeOf(shape)));
    kernel.reference(values, shapes, attributes, outputs);
    return outputs.map((output, i) => host.makeTensorInfo([...outputShapes[i]], 'float32', output));
  },
});

/**
 * Matrix products with a transposed operand on the WASM backend. tfjs hands only untransposed products to XNNPACK; the
 * others run up to 44 times slower. Transposing first (one cheap pass) keeps all of them on the fast path.
 */

import type { KernelBackend, KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs';

type MatMulAttrs = { transposeA: boolean; transposeB: boolean };

/** Replaces tfjs's kernel by one that calls it without transposed operands. Call once the WASM backend is imported. */
export function registerTransposingMatMul() {
  const { kernelFunc: product, setupFunc } = kernelOf('BatchMatMul');
  const { kernelFunc: transpose } = kernelOf('Transpose');
  tf.unregisterKernel('BatchMatMul', 'wasm');
  tf.registerKernel({
    kernelName: 'BatchMatMul',
    backendName: 'wasm',
    setupFunc,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b } = inputs as Record<'a' | 'b', TensorInfo>;
      const { transposeA, transposeB } = attrs as unknown as MatMulAttrs;
      const made: TensorInfo[] = [];
      const upright = (x: TensorInfo, transposed: boolean) => {
        if (!transposed) return x;
        const perm = x.shape.map((_, axis) => axis);
        perm.push(...perm.splice(-2).reverse());
        const swapped = transpose({ inputs: { x }, attrs: { perm }, backend }) as TensorInfo;
        made.push(swapped);
        return swapped;
      };
      const result = product({
        inputs: { a: upright(a, transposeA), b: upright(b, transposeB) },
        attrs: { transposeA: false, transposeB: false },
        backend,
      });
      for (const { dataId } of made) (backend as KernelBackend).disposeData(dataId);
      return result;
    },
  });
}

function kernelOf(name: string): KernelConfig {
  const kernel = tf.getKernel(name, 'wasm');
  if (!kernel) throw new Error(`The WASM backend has no kernel ${name}`);
  return kernel;
}

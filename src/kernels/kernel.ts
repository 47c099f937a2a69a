/**
 * What a fused operation is: one name, one plain reference, one GPU program and one WASM form.
 *
 * A kernel knows nothing of gradients; the operation beside it (`<name>.ts`) pairs a kernel with that of its gradient.
 */
import * as tf from '@tensorflow/tfjs';
import type { GpuProgram, GpuTraits } from './backends/gpuProgram';
import type { WasmCalls } from './backends/team';

export type Shape = readonly number[];
/** By the kernel's own names of its inputs; an optional input that is absent has no entry. */
export type Shapes = Record<string, Shape>;
export type Values = Record<string, ArrayLike<number>>;
/** Numbers and words that choose what is computed; part of a program's text or its uniforms. */
export type Attributes = Record<string, number | string | boolean>;

export interface FusedKernel<A extends Attributes = Attributes> {
  name: `Stillroom${string}`;
  /** Shapes of the float32 outputs. */
  outputs: (shapes: Shapes, attributes: A) => Shape[];
  /**
   * The definition, on plain arrays: reads `inputs` and writes `outputs`, in the precision of `outputs` (Float64Array
   * in tests). Arrays are row-major. A kernel that works in place writes into its inputs.
   */
  reference: (
    inputs: Values,
    shapes: Shapes,
    attributes: A,
    outputs: (Float32Array | Float64Array)[],
  ) => void;
  /** The dispatches that compute it on a GPU, in order. */
  gpu: (shapes: Shapes, attributes: A, traits: GpuTraits) => GpuProgram[];
  /**
   * Computes it on tfjs's WASM heap. `at` holds the byte addresses of the inputs, `out` those of the outputs.
   */
  wasm: (calls: WasmCalls, at: Record<string, number>, out: number[], shapes: Shapes, attributes: A) => void;
}

/** Runs a kernel through tfjs, on whatever backend is current; gradients registered for its name apply. */
export function runKernel<A extends Attributes>(
  { name }: FusedKernel<A>,
  inputs: Record<string, tf.Tensor | null | undefined>,
  attributes: A,
): tf.Tensor[] {
  const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor != null));
  const result = tf.engine().runKernel(name, present as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
  return (Array.isArray(result) ? result : [result]) as tf.Tensor[];
}

export const sizeOf = (shape: Shape) => shape.reduce((size, n) => size * n, 1);

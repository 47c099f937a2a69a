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

/** Keeps tensors for the gradient, where one is recorded. */
type Save = (tensors: tf.Tensor[]) => void;

/**
 * An operation that has a gradient of its own and one or more outputs; tf.customGrad knows one alone. What the gradient
 * needs besides is saved, and no output: for outputs that nothing was made of, tfjs hands zeros to the gradient.
 * @param forward the outputs of `inputs`
 * @param backward the gradient of each input, from those of all outputs and what was saved
 */
export function withGradient<Name extends string>(
  inputs: Record<Name, tf.Tensor>,
  forward: (save: Save) => tf.Tensor[],
  backward: (dys: tf.Tensor[], saved: tf.Tensor[]) => Record<Name, tf.Tensor>,
): tf.Tensor[] {
  // Hidden by tfjs's types; tf.customGrad is this with one output.
  const engine = tf.engine() as unknown as {
    runKernelFunc(call: {
      inputs: Record<string, tf.Tensor>;
      forwardFunc: (backend: unknown, save: Save) => tf.Tensor[];
      backwardsFunc: (dys: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
    }): tf.Tensor[];
  };
  return engine.runKernelFunc({
    inputs,
    forwardFunc: (_backend, save) => forward(save),
    backwardsFunc: (dys, saved) => {
      const gradients = backward(Array.isArray(dys) ? dys : [dys], saved);
      return Object.fromEntries(Object.keys(inputs).map((name) => [name, () => gradients[name as Name]]));
    },
  });
}

export const sizeOf = (shape: Shape) => shape.reduce((size, n) => size * n, 1);

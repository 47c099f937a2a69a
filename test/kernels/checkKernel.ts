/** Runs a fused kernel on the current backend and compares it with its reference in float64. */
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { type Attributes, type FusedKernel, runKernel, type Shape, sizeOf } from '../../src/kernels/kernel';
import { closeTo } from '../support/closeTo';

export interface Input {
  shape: Shape;
  values: Float32Array | Int32Array;
}

/** Numbers between -scale and scale, the same ones for the same seed. */
export function noise(shape: Shape, seed: number, scale = 1): Input {
  let state = seed * 2654435761 + 12345;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 7), 61 | state) ^ state;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { shape, values: Float32Array.from({ length: sizeOf(shape) }, () => scale * (2 * next() - 1)) };
}

/** The kernel's outputs in float64; inputs are copied, since kernels in place write to them. */
export function referenceOf<A extends Attributes>(
  kernel: FusedKernel<A>,
  inputs: Record<string, Input>,
  attributes: A,
): { outputs: Float64Array[]; inputs: Record<string, Float64Array> } {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, { values }]) => [name, Float64Array.from(values)]),
  );
  const outputs = kernel.outputs(shapes, attributes).map((shape) => new Float64Array(sizeOf(shape)));
  kernel.reference(values, shapes, attributes, outputs);
  return { outputs, inputs: values };
}

/**
 * Fails unless every output agrees with the reference, and, for kernels in place, every input listed in `changed`.
 */
export async function checkKernel<A extends Attributes>(
  kernel: FusedKernel<A>,
  inputs: Record<string, Input>,
  attributes: A,
  { tolerance = 1e-4, changed = [] as string[] } = {},
) {
  const expected = referenceOf(kernel, inputs, attributes);
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values }]) => [
      name,
      tf.tensor(values.slice(), [...shape], values instanceof Int32Array ? 'int32' : 'float32'),
    ]),
  );
  const results = runKernel(kernel, tensors, attributes);
  const shapes = kernel.outputs(
    Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape])),
    attributes,
  );
  expect(results.map(({ shape }) => shape)).toEqual(shapes.map((shape) => [...shape]));
  for (const [i, result] of results.entries()) {
    closeTo(await result.data(), expected.outputs[i], tolerance, `${kernel.name} output ${i}`);
  }
  for (const name of changed) {
    closeTo(await tensors[name].data(), expected.inputs[name], tolerance, `${kernel.name} ${name}`);
  }
  tf.dispose([results, tensors]);
}

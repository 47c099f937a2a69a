/** What describeTeam.ts tries of a kernel. */
import type { RangedCalls } from '../../src/kernels/backends/wasmModule';
import type { Attributes, FusedKernel } from '../../src/kernels/kernel';
import { type Input, referenceOf } from './checkKernel';

/** A kernel whose calls are made whole and in parts. */
export interface Case {
  kernel: FusedKernel;
  inputs: Record<string, Input>;
  attributes: Attributes;
  /** What it calls, each in parts. */
  calls: (keyof RangedCalls)[];
}

export const of = <A extends Attributes>(
  kernel: FusedKernel<A>,
  inputs: Record<string, Input>,
  attributes: A,
  ...calls: Case['calls']
): Case => ({ kernel: kernel as unknown as FusedKernel, inputs, attributes, calls });

/** An output of the reference, as an input of another kernel. */
export function given<A extends Attributes>(
  kernel: FusedKernel<A>,
  inputs: Record<string, Input>,
  attributes: A,
  output: number,
): Input {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
  return {
    shape: kernel.outputs(shapes, attributes)[output],
    values: Float32Array.from(referenceOf(kernel, inputs, attributes).outputs[output]),
  };
}

/** Derivatives of a kernel's reference by central differences, in float64: what the written-out ones must agree with. */
import type { Attributes, FusedKernel } from '../../src/kernels/kernel';
import { type Input, referenceOf } from './checkKernel';

/** d Σ dy·y / d inputs[name] over all outputs y of a kernel; `dys` holds one dy per output, null where it is 0. */
export function differentiate<A extends Attributes>(
  kernel: FusedKernel<A>,
  inputs: Record<string, Input>,
  attributes: A,
  dys: (ArrayLike<number> | null)[],
  name: string,
): Float64Array {
  const change = 1e-5;
  const objective = (index: number, by: number) => {
    const values = Float64Array.from(inputs[name].values);
    values[index] += by;
    const moved = { ...inputs, [name]: { shape: inputs[name].shape, values } };
    const { outputs } = referenceOf(kernel, moved as Record<string, Input>, attributes);
    return outputs.reduce(
      (sum, output, k) => sum + output.reduce((part, y, i) => part + y * (dys[k]?.[i] ?? 0), 0),
      0,
    );
  };
  return Float64Array.from(
    inputs[name].values,
    (_, i) => (objective(i, change) - objective(i, -change)) / (2 * change),
  );
}

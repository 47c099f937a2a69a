/** The numbers that an AdamW update takes from a small tensor, so that they can change without a new program. */

/** Entries of the hyper tensor, in order. */
export const hyperNames = [
  'learningRate',
  'beta1',
  'beta2',
  'epsilon',
  'weightDecay',
  /** 1 - beta1^t and 1 - beta2^t at update t, counted from 1. */
  'correction1',
  'correction2',
  /** Largest global norm of the gradients; what lies above is scaled down to it. */
  'clipNorm',
  /** Times the gradients and the report: 1/n after n accumulated batches. */
  'gradientScale',
  /** Row of the ring that this update reports in. */
  'slot',
] as const;

export type HyperName = (typeof hyperNames)[number];

/** Length of the hyper tensor: the names, padded to whole vec4s. */
export const hyperLength = 4 * Math.ceil(hyperNames.length / 4);

export const hyperIndex = Object.fromEntries(hyperNames.map((name, i) => [name, i])) as Record<
  HyperName,
  number
>;

/** What the caller knows of update `update`, counted from 1; the bias corrections follow from it. */
export interface AdamWHyper extends Record<Exclude<HyperName, 'correction1' | 'correction2'>, number> {
  update: number;
}

/** The hyper tensor's values, [12], written into `values`. */
export function fillHyper(values: Float32Array, { update, ...given }: AdamWHyper): Float32Array {
  const corrections = {
    correction1: 1 - given.beta1 ** update,
    correction2: 1 - given.beta2 ** update,
  };
  values.fill(0);
  for (const [name, value] of Object.entries({ ...given, ...corrections })) {
    values[hyperIndex[name as HyperName]] = value;
  }
  return values;
}

/** What training has made of one arm, as it is kept: numbers by Hugging Face's names, with a sum over all of them. */
import { Checksum } from '../util/checksum';

export type Named = Record<string, Float32Array>;

/** The same shape as a snapshot's, which this folder knows nothing of. */
export interface ArmState {
  parameters: Named;
  /** Of AdamW: one number of each kind for every parameter. */
  moments: { first: Named; second: Named };
}

/** An arm's state beside what tells whether it is whole. */
export interface StoredState extends ArmState {
  /** Updates done. */
  step: number;
  /** Over names, lengths and numbers, begun with the step. */
  checksum: number;
}

export interface StateSum {
  checksum: number;
  /** True where every number is finite. */
  finite: boolean;
  /** True where no second moment, a mean of squares, is below 0. */
  possible: boolean;
}

/** The sum over a state, and what its numbers are like, in one pass (about a millisecond for each megabyte). */
export function sumState({ parameters, moments }: ArmState, step: number): StateSum {
  const sum = new Checksum(step);
  const add = (tensors: Named) => {
    for (const [name, values] of Object.entries(tensors)) {
      sum.addText(name);
      sum.addWord(values.length);
      sum.addNumbers(values);
    }
  };
  add(parameters);
  add(moments.first);
  sum.hasNegative = false;
  add(moments.second);
  return { checksum: sum.value, finite: !sum.hasOther, possible: !sum.hasNegative };
}

export const bytesOf = ({ parameters, moments }: ArmState): number =>
  [parameters, moments.first, moments.second]
    .flatMap((tensors) => Object.values(tensors))
    .reduce((bytes, { byteLength }) => bytes + byteLength, 0);

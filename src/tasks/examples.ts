import { permutation, randomStream } from '../data/random';
import type { LabelledData, LabelledRow } from './rows';

/** How many held-out rows are proposed to try. */
const exampleCount = 6;

/** Held-out rows as a page asks for them, the two texts of a pair with a line break between; always the same. */
export function examplesOfTask({ heldOut }: LabelledData): string[] {
  const order = permutation(heldOut.length, randomStream(0, 0, 'examples of a task'));
  return Array.from(order.subarray(0, exampleCount), (row) => textsOfRow(heldOut[row]).join('\n'));
}

/** The texts of a row. */
export const textsOfRow = ({ a, b }: LabelledRow) => (b === undefined ? [a] : [a, b]);

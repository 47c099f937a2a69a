import type { FusedKernel } from '../kernel';
import { lengthsOf, termsOf } from './plan';
import { objectiveGradientPrograms, objectivePrograms } from './program';
import {
  type ObjectiveAttributes,
  type ObjectiveGradientAttributes,
  objectiveGradientReference,
  objectiveReference,
} from './reference';
import { objectiveGradientOnWasm, objectiveOnWasm } from './wasm';

/** weights [K], rows0, rows1, ... (each [n] or [j, n]) -> total [1], report [1 + K]. */
export const objectiveKernel: FusedKernel<ObjectiveAttributes> = {
  name: 'StillroomObjective',
  outputs: ({ weights: [K] }) => [[1], [1 + K]],
  reference: objectiveReference,
  gpu: objectivePrograms,
  wasm: objectiveOnWasm,
};

/** dtotal [1], weights [K] -> one gradient per input, [n], or [j, n] where the input has j > 1 terms. */
export const objectiveGradientKernel: FusedKernel<ObjectiveGradientAttributes> = {
  name: 'StillroomObjectiveGradient',
  outputs: (_shapes, { plan, lengths }) => {
    const lengthOf = lengthsOf(lengths);
    return termsOf(plan).map(({ length: j }, i) => (j > 1 ? [j, lengthOf[i]] : [lengthOf[i]]));
  },
  reference: objectiveGradientReference,
  gpu: objectiveGradientPrograms,
  wasm: objectiveGradientOnWasm,
};

import type { FusedKernel } from '../kernel';
import { relationLossPrograms } from './program';
import { type RelationLossAttributes, relationLossReference, relationLossSizes } from './reference';
import { relationLossOnWasm } from './wasm';

/**
 * student, teacher [heads, B, L, L] or [B, heads, L, L], mask [B, L] -> rows [M·L] for M matrices, and slopes, the
 * derivatives of the rows by the student's scores.
 */
export const relationLossKernel: FusedKernel<RelationLossAttributes> = {
  name: 'StillroomRelationLoss',
  outputs: (shapes) => {
    const { matrices, length } = relationLossSizes(shapes);
    return [[matrices * length], shapes.student];
  },
  reference: relationLossReference,
  gpu: relationLossPrograms,
  wasm: relationLossOnWasm,
};

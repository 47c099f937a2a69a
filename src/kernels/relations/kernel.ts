import type { FusedKernel } from '../kernel';
import { relationsGradientPrograms, relationsPrograms } from './program';
import { type RelationAttributes, relationsGradientReference, relationsReference } from './reference';
import { relationsGradientOnWasm, relationsOnWasm } from './wasm';

/** x [N, H·k] -> scores [H, B, L, L]. */
export const relationsKernel: FusedKernel<RelationAttributes> = {
  name: 'StillroomRelations',
  outputs: ({ x: [n] }, { heads, length }) => [[heads, n / length, length, length]],
  reference: relationsReference,
  gpu: relationsPrograms,
  wasm: relationsOnWasm,
};

/** dscores [H, B, L, L], x [N, H·k] -> dx [N, H·k]. */
export const relationsGradientKernel: FusedKernel<RelationAttributes> = {
  name: 'StillroomRelationsGradient',
  outputs: ({ x }) => [x],
  reference: relationsGradientReference,
  gpu: relationsGradientPrograms,
  wasm: relationsGradientOnWasm,
};

import type { FusedKernel } from '../kernel';
import { embeddingGradientPrograms, embeddingPrograms } from './program';
import {
  type EmbeddingAttributes,
  type EmbeddingGradientAttributes,
  embeddingGradientReference,
  embeddingReference,
} from './reference';
import { embeddingGradientOnWasm, embeddingOnWasm } from './wasm';

/** ids [N] int32, tokens [V, d], positions [P, d], types? [2, d], segments? [N] int32 -> [N, d]. */
export const embeddingKernel: FusedKernel<EmbeddingAttributes> = {
  name: 'StillroomEmbedding',
  outputs: ({ ids, tokens }) => [[ids[0], tokens[1]]],
  reference: embeddingReference,
  gpu: embeddingPrograms,
  wasm: embeddingOnWasm,
};

/**
 * dy [N, d], order [N] int32, offsets [V + 1] int32 -> dtokens [V, d], dpositions [P, d], dtypes [2, d] if any; with
 * segmentOrder [N] int32 and segmentOffsets [3] int32 where there are segments.
 */
export const embeddingGradientKernel: FusedKernel<EmbeddingGradientAttributes> = {
  name: 'StillroomEmbeddingGradient',
  outputs: ({ dy: [, d], offsets }, { positionRows, types }) => [
    [offsets[0] - 1, d],
    [positionRows, d],
    ...(types ? [[2, d]] : []),
  ],
  reference: embeddingGradientReference,
  gpu: embeddingGradientPrograms,
  wasm: embeddingGradientOnWasm,
};

/** Relations of tokens and their gradient on tfjs's WASM heap; the arithmetic is in relations.as.ts. */
import type { WasmCalls, WorkRange } from '../backends/team';
import type { FusedKernel, Shapes } from '../kernel';
import { type RelationAttributes, relationSizes } from './reference';

/** Matrices [L, L], one for each head and sequence. */
function rangeOf({ whole }: WasmCalls, shapes: Shapes, attributes: RelationAttributes): WorkRange {
  const { heads, length } = attributes;
  const { batch, headSize } = relationSizes(shapes, attributes);
  return {
    count: heads * batch,
    work: (heads * batch * length ** 2 * (headSize + 8)) / 4,
    scratch: whole.attentionScratch(length, headSize),
  };
}

type OnWasm = FusedKernel<RelationAttributes>['wasm'];

export const relationsOnWasm: OnWasm = (calls, { x }, [scores], shapes, attributes) => {
  const { heads, length } = attributes;
  const { batch, headSize } = relationSizes(shapes, attributes);
  calls.ranged('relations', rangeOf(calls, shapes, attributes), x, scores, length, headSize, heads, batch);
};

export const relationsGradientOnWasm: OnWasm = (calls, { dscores, x }, [dx], shapes, attributes) => {
  const { heads, length } = attributes;
  const { batch, headSize } = relationSizes(shapes, attributes);
  const range = rangeOf(calls, shapes, attributes);
  calls.ranged('relationsGradient', range, dscores, x, dx, length, headSize, heads, batch);
};

/** Targets in place of the teacher's on tfjs's WASM heap; the arithmetic is in controlTargets.as.ts. */
import type { FusedKernel } from '../kernel';
import type { ControlTargetsAttributes } from './reference';

export const controlTargetsOnWasm: FusedKernel<ControlTargetsAttributes>['wasm'] = (
  calls,
  { teacher, temperature, gold },
  [targets],
  { teacher: [rows, vocabulary] },
  { keep },
) => {
  const range = { count: rows, work: 4 * rows * vocabulary };
  const byEntropy = keep === 'entropy' ? 1 : 0;
  calls.ranged('controlTargets', range, teacher, temperature, gold, targets, vocabulary, byEntropy);
};

export const shuffledTargetsOnWasm: FusedKernel['wasm'] = (
  calls,
  { teacher, permutation, gold, goldPreimages },
  [targets],
  { teacher: [rows, vocabulary] },
) => {
  const range = { count: rows, work: 2 * rows * vocabulary };
  calls.ranged('shuffledTargets', range, teacher, permutation, gold, goldPreimages, targets, vocabulary);
};

export const topTargetsOnWasm: FusedKernel['wasm'] = (
  calls,
  { teacher, count },
  [targets],
  { teacher: [rows, vocabulary] },
) => {
  const range = { count: rows, work: 8 * rows * vocabulary };
  calls.ranged('topTargets', range, teacher, count, targets, vocabulary);
};

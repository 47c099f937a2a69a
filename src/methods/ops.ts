/** The operations that methods compute with, as types: `train/ops.ts` hands them over. */
import type * as tf from '@tensorflow/tfjs';
import type { controlTargets, shuffledTargets, topTargets } from '../kernels/controlTargets/controlTargets';
import type { cosineLosses } from '../kernels/cosineLoss/cosineLoss';
import type { decoupledLosses } from '../kernels/decoupledLoss/decoupledLoss';
import type { divergences } from '../kernels/divergence/divergence';
import type { logitDistances } from '../kernels/logitDistance/logitDistance';
import type { projectedDifference } from '../kernels/matMul/matMul';
import type { attentionDivergences, relationLosses } from '../kernels/relationLoss/relationLoss';
import type { squaredErrors } from '../kernels/squaredError/squaredError';
import type { standardisedLosses } from '../kernels/standardisedLoss/standardisedLoss';
import type { vocabularyLosses } from '../kernels/vocabularyLoss/vocabularyLoss';

export interface Ops {
  /** Plain tfjs, for what is small or rare. */
  tf: typeof tf;
  vocabularyLosses: typeof vocabularyLosses;
  cosineLosses: typeof cosineLosses;
  squaredErrors: typeof squaredErrors;
  projectedDifference: typeof projectedDifference;
  divergences: typeof divergences;
  decoupledLosses: typeof decoupledLosses;
  standardisedLosses: typeof standardisedLosses;
  logitDistances: typeof logitDistances;
  relationLosses: typeof relationLosses;
  attentionDivergences: typeof attentionDivergences;
  controlTargets: typeof controlTargets;
  shuffledTargets: typeof shuffledTargets;
  topTargets: typeof topTargets;
  /** x as it is, with its gradient times `factor` [1], which may be negative. */
  scaledGradient: (x: tf.Tensor1D, factor: tf.Tensor1D) => tf.Tensor1D;
}

/** The operations that methods compute with. */
import * as tf from '@tensorflow/tfjs';
import { controlTargets, shuffledTargets, topTargets } from '../kernels/controlTargets/controlTargets';
import { cosineLosses } from '../kernels/cosineLoss/cosineLoss';
import { decoupledLosses } from '../kernels/decoupledLoss/decoupledLoss';
import { divergences } from '../kernels/divergence/divergence';
import { logitDistances } from '../kernels/logitDistance/logitDistance';
import { projectedDifference } from '../kernels/matMul/matMul';
import { attentionDivergences, relationLosses } from '../kernels/relationLoss/relationLoss';
import { squaredErrors } from '../kernels/squaredError/squaredError';
import { standardisedLosses } from '../kernels/standardisedLoss/standardisedLoss';
import { vocabularyLosses } from '../kernels/vocabularyLoss/vocabularyLoss';
import type { Ops } from '../methods/ops';

function scaledGradient(x: tf.Tensor1D, factor: tf.Tensor1D): tf.Tensor1D {
  const operation = tf.customGrad((x, save) => {
    (save as unknown as tf.GradSaveFunc)([factor]);
    const gradFunc = (dy: tf.Tensor, [factor]: tf.Tensor[]) => dy.mul(factor);
    return { value: (x as tf.Tensor).clone(), gradFunc };
  });
  return operation(x) as tf.Tensor1D;
}

export const ops: Ops = {
  tf,
  vocabularyLosses,
  cosineLosses,
  squaredErrors,
  projectedDifference,
  divergences,
  decoupledLosses,
  standardisedLosses,
  logitDistances,
  relationLosses,
  attentionDivergences,
  controlTargets,
  shuffledTargets,
  topTargets,
  scaledGradient,
};

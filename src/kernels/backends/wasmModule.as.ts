// All that the WebAssembly module of the fused kernels exports; typed for TypeScript in wasmModule.ts.
export { accumulate, adamW, squaredNorm } from '../adamW/adamW.as';
export { attention, attentionGradient, attentionScratch } from '../attention/attention.as';
export { controlTargets, shuffledTargets, topTargets } from '../controlTargets/controlTargets.as';
export { cosineLoss, cosineLossGradient } from '../cosineLoss/cosineLoss.as';
export { divergence, divergenceGradient } from '../divergence/divergence.as';
export { decoupledLoss, decoupledLossGradient } from '../decoupledLoss/decoupledLoss.as';
export { embedding, positionGradient } from '../embedding/embedding.as';
export { segmentSum } from '../gatherRows/segmentSum.as';
export { layerNorm, layerNormGradient } from '../layerNorm/layerNorm.as';
export { logitDistance, logitDistanceGradient } from '../logitDistance/logitDistance.as';
export { geluGradient, matMul, productScratch } from '../matMul/matMul.as';
export { objectiveTerm, objectiveTermGradient } from '../objective/objective.as';
export { relationLoss } from '../relationLoss/relationLoss.as';
export { relations, relationsGradient } from '../relations/relations.as';
export { squaredError, squaredErrorGradient } from '../squaredError/squaredError.as';
export { standardisedLoss, standardisedLossGradient } from '../standardisedLoss/standardisedLoss.as';
export { vocabularyLoss, vocabularyLossGradient } from '../vocabularyLoss/vocabularyLoss.as';
export { columnSums, fill } from './simd.as';

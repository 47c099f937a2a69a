/** Models as the training leg holds them: a shape, and tensors by name. */
import * as tf from '@tensorflow/tfjs';
import { type Arm, lossTerms } from '../config/experiment';
import type { TeacherShape } from '../config/teachers';
import { hyperLength } from '../kernels/adamW/hyper';
import {
  type Block,
  disposeBlock,
  makeBlock,
  makeStored,
  partAlignment,
  touch,
  writeStored,
} from '../kernels/backends/storage';
import type { EncoderShape, Parameters } from '../model/encoder';
import type { Weights } from '../model/initialise';
import { packed } from '../model/packing';

export interface Model {
  shape: TeacherShape & EncoderShape;
  parameters: Parameters;
}

/** Numbers that may change from step to step, on the device. */
type Dials = 'temperature' | 'weights' | 'hyper' | 'first';

export interface TrainedArm extends Model {
  arm: Arm;
  /** All parameters one after the other, θ [P]; `parameters` are its parts. */
  weights: Block;
  /** m and v of AdamW, [2, P]. */
  moments: tf.Tensor2D;
  /** The last batch's gradients, [P], and the sum over accumulated batches. */
  gradients: tf.Tensor1D;
  gradientSums: tf.Tensor1D;
  /** `updateKinds` of AdamW, [P / 64]. */
  kinds: tf.Tensor1D;
  /** T [1], weights of the losses [K], AdamW's numbers, and whether a batch is the first of those accumulated [1]. */
  dials: Block<Dials>;
  /** The last batch's report [1 + K], and the sum over accumulated batches. */
  report: tf.Tensor1D;
  reportSum: tf.Tensor1D;
}

/** The student of an arm: its own architecture over the teacher's vocabulary and positions. */
export const studentShape = (
  arm: Arm,
  { vocabularySize, maxPositions }: Pick<TeacherShape, 'vocabularySize' | 'maxPositions'>,
): TeacherShape => ({ ...arm.student, vocabularySize, maxPositions });

export function frozenModel(shape: Model['shape'], weights: Weights): Model {
  const parameters: Parameters = {};
  for (const [name, weight] of packed(weights)) {
    parameters[name] = makeStored(weight.shape);
    writeStored(parameters[name], weight.data);
  }
  return { shape, parameters };
}

export function trainedArm(arm: Arm, shape: Model['shape'], initial: Weights): TrainedArm {
  const tensors = packed(initial);
  const weights = makeBlock(
    Object.fromEntries([...tensors].map(([name, { shape }]) => [name, { shape, dtype: 'float32' as const }])),
  );
  for (const [name, { data }] of tensors) writeStored(weights.flat, data, weights.offsets[name]);
  touch(weights);
  const { size } = weights;
  const numbers = (length: number) => ({ shape: [length], dtype: 'float32' as const });
  const reported = 1 + lossTerms.length;
  const model: TrainedArm = {
    arm,
    shape,
    weights,
    parameters: weights.parts,
    moments: makeStored([2, size]) as tf.Tensor2D,
    gradients: makeStored([size]) as tf.Tensor1D,
    gradientSums: makeStored([size]) as tf.Tensor1D,
    kinds: makeStored([size / partAlignment]) as tf.Tensor1D,
    dials: makeBlock({
      temperature: numbers(1),
      weights: numbers(lossTerms.length),
      hyper: numbers(hyperLength),
      first: numbers(1),
    }),
    report: makeStored([reported]) as tf.Tensor1D,
    reportSum: makeStored([reported]) as tf.Tensor1D,
  };
  setArm(model, arm);
  return model;
}

/** Gives a model's arm other numbers, on the device too: T and the weights of the losses. */
export function setArm(model: TrainedArm, arm: Arm) {
  model.arm = arm;
  const { flat, offsets, size } = model.dials;
  const values = liveNumbers(model, new Float32Array(size));
  writeStored(flat, values.subarray(offsets.temperature, offsets.temperature + 1), offsets.temperature);
  writeStored(flat, values.subarray(offsets.weights, offsets.weights + lossTerms.length), offsets.weights);
}

/** T and the weights of the losses, written at their places into `values`, as long as the dials. */
export function liveNumbers({ arm, dials: { offsets } }: TrainedArm, values: Float32Array): Float32Array {
  values[offsets.temperature] = arm.temperature;
  lossTerms.forEach((term, i) => {
    values[offsets.weights + i] = arm.objective[term];
  });
  return values;
}

export const disposeModel = ({ parameters }: Model) => tf.dispose(parameters);

export function disposeArm(arm: TrainedArm) {
  disposeBlock(arm.weights);
  disposeBlock(arm.dials);
  const { moments, gradients, gradientSums, kinds, report, reportSum } = arm;
  tf.dispose([moments, gradients, gradientSums, kinds, report, reportSum]);
}

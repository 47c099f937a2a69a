/** Models as the training leg holds them: a shape, and tensors by name. */
import * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { type Head, mlm } from '../config/heads';
import type { ModelSize } from '../config/results';
import type { TeacherShape } from '../config/teachers';
import {
  type Block,
  disposeBlock,
  makeBlock,
  makeStored,
  partAlignment,
  touch,
  writeStored,
} from '../kernels/backends/storage';
import type { Pair } from '../methods/method';
import type { EncoderShape, Parameters } from '../model/encoder';
import type { Weights } from '../model/initialise';
import { packed } from '../model/packing';
import { parameterCount, partSizes } from '../model/parameterNames';
import { fillNumbers, partsOfNumbers, type When } from './numbers';
import { pairOf } from './pairs';
import { slotCount } from './slots';

export interface Model {
  shape: TeacherShape & EncoderShape;
  /** For words where it is left out. */
  head?: Head;
  parameters: Parameters;
}

export interface TrainedArm extends Model {
  arm: Arm;
  /** The arm beside its teacher, as methods see them; null where there is none. */
  pair: Pair | null;
  /** All parameters one after the other, θ [P]; `parameters` are its parts. */
  weights: Block;
  /** m and v of AdamW, [2, P]. */
  moments: tf.Tensor2D;
  /** The last batch's gradients, [P], and the sum over accumulated batches. */
  gradients: tf.Tensor1D;
  gradientSums: tf.Tensor1D;
  /** `updateKinds` of AdamW, [P / 64]. */
  kinds: tf.Tensor1D;
  /** Numbers that may change from step to step: `partsOfNumbers`. */
  numbers: Block;
  /** The last batch's report [1 + K], and the sum over accumulated batches. */
  report: tf.Tensor1D;
  reportSum: tf.Tensor1D;
}

/** The student of an arm: its own architecture over the teacher's vocabulary and positions. */
export const studentShape = (
  arm: Arm,
  { vocabularySize, maxPositions }: Pick<TeacherShape, 'vocabularySize' | 'maxPositions'>,
): TeacherShape => ({ ...arm.student, vocabularySize, maxPositions });

export function frozenModel(shape: Model['shape'], weights: Weights, head: Head = mlm): Model {
  const parameters: Parameters = {};
  for (const [name, weight] of packed(weights)) {
    parameters[name] = makeStored(weight.shape);
    writeStored(parameters[name], weight.data);
  }
  return { shape, head, parameters };
}

export function trainedArm(
  arm: Arm,
  shape: Model['shape'],
  initial: Weights,
  teacher: Model['shape'] | null,
  head: Head = mlm,
): TrainedArm {
  const tensors = packed(initial);
  const weights = makeBlock(
    Object.fromEntries([...tensors].map(([name, { shape }]) => [name, { shape, dtype: 'float32' as const }])),
  );
  for (const [name, { data }] of tensors) writeStored(weights.flat, data, weights.offsets[name]);
  touch(weights);
  const { size } = weights;
  const pair = pairOf(shape, teacher, arm);
  const reported = 1 + slotCount;
  return {
    arm,
    pair,
    shape,
    head,
    weights,
    parameters: weights.parts,
    moments: makeStored([2, size]) as tf.Tensor2D,
    gradients: makeStored([size]) as tf.Tensor1D,
    gradientSums: makeStored([size]) as tf.Tensor1D,
    kinds: makeStored([size / partAlignment]) as tf.Tensor1D,
    numbers: makeBlock(partsOfNumbers(pair)),
    report: makeStored([reported]) as tf.Tensor1D,
    reportSum: makeStored([reported]) as tf.Tensor1D,
  };
}

export function modelSize({ shape, head }: Model): ModelSize {
  const parameters = parameterCount(shape, 'model', head);
  return { parameters, bytes: parameters * 4, parts: partSizes(shape, head) };
}

/** Gives a model's arm other numbers, on the device too, as they are at a step. */
export function setArm(model: TrainedArm, arm: Arm, when: When) {
  model.arm = arm;
  if (model.pair) model.pair = { ...model.pair, plan: arm };
  const { flat, offsets, size } = model.numbers;
  const values = new Float32Array(size);
  fillNumbers(values, offsets, arm, model.pair, when);
  // AdamW's numbers lie between and are written with each update.
  writeStored(flat, values);
}

export const disposeModel = ({ parameters }: Model) => tf.dispose(parameters);

export function disposeArm(arm: TrainedArm) {
  disposeBlock(arm.weights);
  disposeBlock(arm.numbers);
  const { moments, gradients, gradientSums, kinds, report, reportSum } = arm;
  tf.dispose([moments, gradients, gradientSums, kinds, report, reportSum]);
}

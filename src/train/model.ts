/** Models as the training leg holds them: a shape and tensors by Hugging Face name. */
import * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import type { TeacherShape } from '../config/teachers';
import type { Parameters } from '../model/encoder';
import type { Weights } from '../model/initialise';
import { type Moments, zeroMoments } from '../optim/adamw';

export interface Model {
  shape: TeacherShape;
  parameters: Parameters;
}

export interface TrainedArm extends Model {
  arm: Arm;
  parameters: Record<string, tf.Variable>;
  moments: Moments;
}

/** The student of an arm: its own architecture over the teacher's vocabulary and positions. */
export const studentShape = (
  arm: Arm,
  { vocabularySize, maxPositions }: Pick<TeacherShape, 'vocabularySize' | 'maxPositions'>,
): TeacherShape => ({ ...arm.student, vocabularySize, maxPositions });

export function frozenModel(shape: TeacherShape, weights: Weights): Model {
  return {
    shape,
    parameters: mapWeights(weights, (data, dimensions) => tf.tensor(data, dimensions, 'float32')),
  };
}

export function trainedArm(arm: Arm, shape: TeacherShape, weights: Weights): TrainedArm {
  const parameters = mapWeights(weights, (data, dimensions) =>
    tf.tidy(() => tf.variable(tf.tensor(data, dimensions, 'float32'))),
  );
  return { arm, shape, parameters, moments: zeroMoments(parameters) };
}

export const disposeModel = ({ parameters }: Model) => tf.dispose(parameters);
export const disposeArm = (arm: TrainedArm) =>
  tf.dispose([arm.parameters, arm.moments.first, arm.moments.second]);

function mapWeights<T>(
  weights: Weights,
  make: (data: Float32Array, shape: number[]) => T,
): Record<string, T> {
  // The copy keeps a backend that wraps the array (the CPU one does) from sharing it with others.
  return Object.fromEntries([...weights].map(([name, { data, shape }]) => [name, make(data.slice(), shape)]));
}

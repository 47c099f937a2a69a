/** A student whose layers are computed by a method that puts the teacher's in their places. */
import type * as tf from '@tensorflow/tfjs';
import { replacementsOf } from '../config/objective';
import { methodOf } from '../methods/registry';
import { type EncodeOptions, layer } from '../model/encoder';
import type { BatchTensors } from './batchTensors';
import type { Model, TrainedArm } from './model';
import { ops } from './ops';

/** What decides each layer's output; undefined where the student runs alone. */
export function replacedBlock(
  { arm, pair }: TrainedArm,
  teachers: readonly Model[],
  { input }: BatchTensors,
  scalar: (name: string) => tf.Tensor1D,
): EncodeOptions['block'] {
  const [method] = replacementsOf(arm);
  const { taughtBy } = arm;
  const teacher = teachers[taughtBy?.kind === 'member' ? taughtBy.index - 1 : 0];
  if (!method || !pair || !teacher) return undefined;
  const { block } = methodOf(method).replacement!;
  const { parameters, shape } = teacher;
  const teacherLayer = (n: number, x: tf.Tensor2D) =>
    layer(parameters, n, x, input.attentionMask, shape, {}).hidden;
  return (index, own, x) => block({ index, input: x, own, teacherLayer, pair, scalar }, ops);
}

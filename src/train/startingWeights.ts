/** An arm before its first update. */
import type { Arm } from '../config/experiment';
import type { TeacherShape } from '../config/teachers';
import { type Random, randomStream } from '../data/random';
import { copiedWeights, randomWeights, type Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import { extraParameters, pairOf } from './pairs';

export interface TeacherWeights {
  shape: TeacherShape;
  weights: Weights;
}

/**
 * Weights at step 0 of an arm of this shape, with what the methods train beside it. `teacher` is whom layers are copied from,
 * `source` the shape of whom the arm learns from. The seed gives the same again.
 */
export function startingWeights(
  arm: Arm,
  shape: TeacherShape,
  teacher: TeacherWeights | null,
  source: TeacherShape | null,
  seed: number,
): Weights {
  // Keyed by the tensor's name alone: arms of one shape start from the same numbers.
  const draw = (name: string) => randomStream(seed, 0, `initial ${name}`);
  const extras = extraParameters(pairOf(shape, source, arm));
  const shapes = Object.fromEntries(Object.entries(extras).map(([name, { shape }]) => [name, shape]));
  const drawn = randomWeights(shapes, draw);
  for (const [name, { start }] of Object.entries(extras)) {
    if (start !== undefined) drawn.get(name)!.data.fill(start);
  }
  return new Map([...studentWeights(arm, shape, teacher, draw), ...drawn]);
}

function studentWeights(
  { initialisation }: Arm,
  shape: TeacherShape,
  teacher: TeacherWeights | null,
  draw: (name: string) => Random,
): Weights {
  if (initialisation.kind === 'copy' && teacher) {
    return copiedWeights(teacher.weights, shape, initialisation.blocks);
  }
  return randomWeights(parameterShapes(shape), draw);
}

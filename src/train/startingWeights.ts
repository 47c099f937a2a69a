/** An arm before its first update. */
import type { Arm } from '../config/experiment';
import type { TeacherShape } from '../config/teachers';
import { randomStream } from '../data/random';
import { projectionShapes } from '../distill/tinybert';
import { copiedWeights, randomWeights, type Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';

export interface TeacherWeights {
  shape: TeacherShape;
  weights: Weights;
}

/**
 * Weights at step 0 of an arm of this shape, with the projection of its hidden states to the teacher's width. The seed
 * gives the same again.
 */
export function startingWeights(
  { initialisation }: Arm,
  shape: TeacherShape,
  teacher: TeacherWeights | null,
  seed: number,
): Weights {
  // Keyed by the tensor's name alone: arms of one shape start from the same numbers.
  const draw = (name: string) => randomStream(seed, 0, `initial ${name}`);
  const weights =
    initialisation.kind === 'copy' && teacher
      ? copiedWeights(teacher.weights, shape, initialisation.blocks)
      : randomWeights(parameterShapes(shape), draw);
  if (!teacher) return weights;
  const projection = randomWeights(projectionShapes(teacher.shape.hiddenSize, shape.hiddenSize), draw);
  return new Map([...weights, ...projection]);
}

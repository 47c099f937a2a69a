/** An arm before its first update. */
import type { Arm, Experiment } from '../config/experiment';
import { type Head, mlm } from '../config/heads';
import { isTask } from '../config/tasks';
import type { TeacherShape } from '../config/teachers';
import { type Random, randomStream } from '../data/random';
import { copiedWeights, randomWeights, type Weights, withFreshHead } from '../model/initialise';
import { encoderShapes, isOfHead, parameterShapes } from '../model/parameterNames';
import { projectedWeights, widening } from '../model/projection';
import { extraParameters, pairOf } from './pairs';

export interface TeacherWeights {
  shape: TeacherShape;
  weights: Weights;
}

/**
 * Weights at step 0 of an arm of this shape, with what the methods train beside it. `teacher` is whom layers are copied from,
 * `source` the shape of whom the arm learns from. The seed gives the same again. For words the head is the teacher's where
 * layers are; for classes it is a fresh one, whatever the teacher has.
 */
export function startingWeights(
  arm: Arm,
  shape: TeacherShape,
  teacher: TeacherWeights | null,
  source: TeacherShape | null,
  seed: number,
  head: Head = mlm,
): Weights {
  // Keyed by the tensor's name alone: arms of one shape start from the same numbers.
  const draw = (name: string) => randomStream(seed, 0, `initial ${name}`);
  const extras = extraParameters(pairOf(shape, source, arm));
  const shapes = Object.fromEntries(Object.entries(extras).map(([name, { shape }]) => [name, shape]));
  const drawn = randomWeights(shapes, draw);
  const projected = arm.initialisation.kind === 'project' && teacher;
  for (const [name, { start }] of Object.entries(extras)) {
    if (typeof start === 'number') drawn.get(name)!.data.fill(start);
    // Whoever else teaches has hidden states of its own.
    else if (start && projected && !arm.taughtBy) {
      drawn.set(name, widening(teacher.weights, teacher.shape, shape.hiddenSize));
    }
  }
  return new Map([...studentWeights(arm, shape, teacher, draw, head), ...drawn]);
}

/**
 * A student's weights in its next stage: those that it has by then, and fresh ones for what it did not have, as the head of a
 * task that is new to it, or a projection onto another teacher.
 */
export const carriedOver = (fresh: Weights, before: Weights): Weights =>
  new Map(
    [...fresh].map(([name, weight]) => {
      const known = before.get(name);
      const isSame = known !== undefined && String(known.shape) === String(weight.shape);
      return [name, isSame ? { ...known, data: known.data.slice() } : weight];
    }),
  );

/**
 * What a student takes along from one stage to the next: a head for another task tells its classes apart, not the next
 * one's, even where there are as many.
 * @param from the stage that ends @param to the one that begins, as experiments of their own
 */
export function takenAlong(weights: Weights, from: Experiment, to: Experiment): Weights {
  const isSameHead = isTask(to.text) ? from.text.kind === to.text.kind && from.text.id === to.text.id : true;
  return isSameHead ? weights : new Map([...weights].filter(([name]) => !isOfHead(name)));
}

/** The same of all arms, by arm. */
export const allTakenAlong = (
  weights: Record<string, Weights>,
  from: Experiment,
  to: Experiment,
): Record<string, Weights> =>
  Object.fromEntries(Object.entries(weights).map(([arm, own]) => [arm, takenAlong(own, from, to)]));

function studentWeights(
  { initialisation }: Arm,
  shape: TeacherShape,
  teacher: TeacherWeights | null,
  draw: (name: string) => Random,
  head: Head,
): Weights {
  const part = head.kind === 'mlm' ? 'model' : 'encoder';
  const shapes = part === 'model' ? parameterShapes(shape) : encoderShapes(shape);
  const started = () => {
    if (initialisation.kind === 'copy' && teacher) {
      return copiedWeights(teacher.weights, shape, initialisation.blocks, shapes);
    }
    if (initialisation.kind === 'project' && teacher) {
      return projectedWeights(teacher.weights, teacher.shape, shape, initialisation.blocks, part);
    }
    return randomWeights(shapes, draw);
  };
  return part === 'model' ? started() : withFreshHead(started(), shape, head, draw);
}

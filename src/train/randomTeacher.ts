/** A teacher that knows nothing: the control for what a teacher's knowledge is worth. */
import type { TeacherShape } from '../config/teachers';
import { randomStream } from '../data/random';
import { randomWeights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import type { TeacherWeights } from './startingWeights';

/** A model of this shape before any training; seed and place among the other teachers give the same again. */
export const randomTeacher = (shape: TeacherShape, seed: number, place = 0): TeacherWeights => ({
  shape,
  weights: randomWeights(parameterShapes(shape), (name) =>
    randomStream(seed, place, `random teacher ${name}`),
  ),
});

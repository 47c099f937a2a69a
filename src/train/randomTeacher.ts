/** A teacher that knows nothing: the control for what a teacher's knowledge is worth. */
import type { TeacherShape } from '../config/teachers';
import { randomStream } from '../data/random';
import { randomWeights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import type { TeacherWeights } from './startingWeights';

/** A model of this shape before any training; the seed gives the same again. */
export const randomTeacher = (shape: TeacherShape, seed: number): TeacherWeights => ({
  shape,
  weights: randomWeights(parameterShapes(shape), (name) => randomStream(seed, 0, `random teacher ${name}`)),
});

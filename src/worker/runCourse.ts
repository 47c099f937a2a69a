import type { Course } from '../train/course';
import type { Sources } from './sources';

/** The students of a run, stage by stage. */
export type RunCourse = Course<Sources>;

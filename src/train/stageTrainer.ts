import type { Trainer } from './trainer';

/** What a course needs of a trainer; tests hand in one that computes nothing. */
export type StageTrainer = Pick<
  Trainer,
  | 'step'
  | 'experiment'
  | 'prepare'
  | 'trainStep'
  | 'keepUp'
  | 'readPoints'
  | 'adjust'
  | 'evaluate'
  | 'guessHeldOut'
  | 'teacherSays'
  | 'calibrate'
  | 'longestSentence'
  | 'probe'
  | 'compareLayers'
  | 'termGradients'
  | 'measureLatency'
  | 'measureCurves'
  | 'sizes'
  | 'stepFlops'
  | 'weights'
  | 'takeSnapshot'
  | 'restore'
  | 'shapeOf'
  | 'dispose'
>;

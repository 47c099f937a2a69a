import type { Trainer } from '../train/trainer';

/** What a run needs of a trainer; tests hand in one that computes nothing. */
export type RunTrainer = Pick<
  Trainer,
  | 'step'
  | 'experiment'
  | 'prepare'
  | 'trainStep'
  | 'keepUp'
  | 'readPoints'
  | 'adjust'
  | 'evaluate'
  | 'longestSentence'
  | 'probe'
  | 'measureLatency'
  | 'sizes'
  | 'stepFlops'
  | 'takeSnapshot'
  | 'restore'
  | 'shapeOf'
  | 'dispose'
>;

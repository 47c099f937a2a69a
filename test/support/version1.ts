/** Experiments as version 1 had them, for those who check that what was written down then is still read. */
import type { Arm, Experiment } from '../../src/config/experiment';

/** The six weights of version 1, of which `hidn` held the embeddings' level too. */
export interface Objective {
  ce: number;
  mlm: number;
  cos: number;
  mse: number;
  attn: number;
  hidn: number;
}

/** @param arm one that version 1 could hold */
export function armOfVersion1(arm: Arm) {
  const { weights, dials: _, choices: __, lists: ___, teacherTemperature: ____, ...others } = arm;
  const { embd: _____, ...named } = weights;
  const objective: Objective = { ce: 0, mlm: 0, cos: 0, mse: 0, attn: 0, hidn: 0, ...named };
  return { ...others, objective };
}

export const experimentOfVersion1 = (experiment: Experiment) => ({
  ...experiment,
  arms: experiment.arms.map(armOfVersion1),
});

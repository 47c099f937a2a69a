/** What a changed experiment means for the run: nothing, new numbers for the next step, or a restart. */
import type { Experiment } from './experiment';
import { differingPaths } from './paths';
import type { Adjustment } from './results';

const actsOnNextStep = /^(training\.learningRate|arms\.\d+\.(temperature|objective\.\w+))$/;

/** `numbers`: all that differs is in an `Adjustment`; `structure`: the run must start again. */
export function difference(before: Experiment, after: Experiment): 'none' | 'numbers' | 'structure' {
  const paths = differingPaths(before, after);
  if (paths.length === 0) return 'none';
  return paths.every((path) => actsOnNextStep.test(path)) ? 'numbers' : 'structure';
}

/** The experiment with other numbers. */
export function withAdjustment(experiment: Experiment, { learningRate, arms = {} }: Adjustment): Experiment {
  const { training } = experiment;
  return {
    ...experiment,
    training: { ...training, learningRate: learningRate ?? training.learningRate },
    arms: experiment.arms.map((arm) => ({ ...arm, ...arms[arm.id] })),
  };
}

/** The numbers that lead from one experiment to the other; what is the same is left out. */
export function adjustmentBetween(before: Experiment, after: Experiment): Adjustment {
  const adjustment: Adjustment = {};
  if (before.training.learningRate !== after.training.learningRate) {
    adjustment.learningRate = after.training.learningRate;
  }
  for (const arm of after.arms) {
    const old = before.arms.find(({ id }) => id === arm.id);
    const changes = {
      ...(old?.temperature === arm.temperature ? {} : { temperature: arm.temperature }),
      ...(old && differingPaths(old.objective, arm.objective).length === 0
        ? {}
        : { objective: arm.objective }),
    };
    if (Object.keys(changes).length > 0) adjustment.arms = { ...adjustment.arms, [arm.id]: changes };
  }
  return adjustment;
}

/**
 * An experiment's stages: one after the other, each with its data, its budget and a plan for every arm. An arm's student goes
 * from stage to stage with the weights that it has by then.
 *
 * The first stage lies flat in the experiment, and most experiments have no other. Whatever works on one stage alone takes
 * an experiment of one stage; `stageAt` gives any stage that form.
 */
import type { Arm, Experiment, Plan, Stage } from './experiment';
import { withoutNothing } from './paths';

export const stageCount = ({ later = [] }: Pick<Experiment, 'later'>): number => 1 + later.length;

/** All stages, the first one too. */
export const stagesOf = (experiment: Experiment): Stage[] => {
  const { teacher: _teacher, others: _others, arms: _arms, later = [], ...first } = experiment;
  return [first, ...later];
};

/** An arm's plans, by stage. */
export const plansOf = (arm: Arm): Plan[] => {
  const {
    id: _id,
    student: _student,
    initialisation: _initialisation,
    fork: _fork,
    later = [],
    ...plan
  } = arm;
  return [plan, ...later];
};

/**
 * One stage, counted from 0, as an experiment of its own. A fork's step is counted within it: an arm that came off before is
 * one like others, with weights that it has from the stage before.
 * @throws RangeError where there is no such stage
 */
export function stageAt(experiment: Experiment, stage: number): Experiment {
  const found = stagesOf(experiment)[stage];
  if (!found) throw new RangeError(`There is no stage ${stage}`);
  const { later: _later, teacher, others } = experiment;
  const before = stepsBefore(experiment, stage);
  const arms = experiment.arms.map((arm): Arm => {
    const { id, student, initialisation, fork } = arm;
    const isWithin = fork && fork.step > before;
    return withoutNothing<Arm>({
      ...{ id, student, initialisation },
      fork: isWithin ? { ...fork, step: fork.step - before } : undefined,
      ...plansOf(arm)[stage],
    });
  });
  return withoutNothing({ ...found, teacher, others, arms });
}

/** The experiment with one stage, counted from 0, as it is in `changed`; that has the arms of the experiment. */
export function withStage(experiment: Experiment, stage: number, changed: Experiment): Experiment {
  if (stage === 0) {
    const arms = changed.arms.map((arm, i) => withoutNothing({ ...arm, later: experiment.arms[i].later }));
    return withoutNothing({ ...changed, arms, later: experiment.later });
  }
  const replaced = <T>(later: readonly T[] = [], one: T) =>
    later.map((own, i) => (i === stage - 1 ? one : own));
  return {
    ...experiment,
    later: replaced(experiment.later, stagesOf(changed)[0]),
    arms: experiment.arms.map((arm, i) => ({
      ...arm,
      later: replaced(arm.later, plansOf(changed.arms[i])[0]),
    })),
  };
}

/** Updates before a stage, counted from 0; before one past the last, all of them. */
export const stepsBefore = (experiment: Experiment, stage: number): number =>
  stagesOf(experiment)
    .slice(0, stage)
    .reduce((sum, { training }) => sum + training.steps, 0);

/** Updates of all stages. */
export const stepsOf = (experiment: Experiment): number => stepsBefore(experiment, stageCount(experiment));

/** The stage, counted from 0, that the update after `step` others belongs to; the last one once all are done. */
export function stageOfStep(experiment: Experiment, step: number): number {
  const stages = stagesOf(experiment);
  let end = 0;
  const found = stages.findIndex(({ training }) => {
    end += training.steps;
    return step < end;
  });
  return found === -1 ? stages.length - 1 : found;
}

/**
 * The stage that a state after `step` updates belongs to: at a border the one that ends there, since the next one's
 * students are made from it.
 */
export const stageOfState = (experiment: Experiment, step: number): number =>
  step === 0 ? 0 : stageOfStep(experiment, step - 1);

const inLater = /^(arms\.\d+\.)?later\.(\d+)\./;

/** A path through an experiment as the stage, counted from 0, and the path within that stage's own experiment. */
export function stageOfPath(path: string): { stage: number; path: string } {
  const [matched, arm = '', index] = inLater.exec(path) ?? [];
  if (matched === undefined) return { stage: 0, path };
  return { stage: Number(index) + 1, path: arm + path.slice(matched.length) };
}

/** The other way round: where a path of a stage's own experiment lies in the whole. */
export function pathInStage(path: string, stage: number): string {
  if (stage === 0) return path;
  const [arm = ''] = /^arms\.\d+\./.exec(path) ?? [];
  return `${arm}later.${stage - 1}.${path.slice(arm.length)}`;
}

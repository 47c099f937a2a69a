/** Edits of an experiment of several stages, from edits of one: each returns a new experiment and leaves the old alone. */
import type { Arm, Experiment, OtherTeacher, Plan, Stage } from '../config/experiment';
import { withoutNothing } from '../config/paths';
import { plansOf, stageAt, stageCount, stagesOf } from '../config/stages';

/** An edit of one stage as an experiment of its own. */
type Edit = (own: Experiment, stage: number) => Experiment;

/** The same edit of every stage, such as one that changes what stages share: the teacher, the arms, their students. */
export function inEveryStage(experiment: Experiment, edit: Edit): Experiment {
  if (stageCount(experiment) === 1) return edit(experiment, 0);
  return assembled(
    experiment,
    stagesOf(experiment).map((_, stage) => edit(stageAt(experiment, stage), stage)),
    0,
  );
}

/** An edit of one stage, counted from 0. It keeps the arms; what it changes of their students it changes for all stages. */
export function inStage(experiment: Experiment, stage: number, edit: Edit): Experiment {
  if (stageCount(experiment) === 1) return edit(experiment, 0);
  const changed = stagesOf(experiment).map((_, index) => {
    const own = stageAt(experiment, index);
    return index === stage ? edit(own, stage) : own;
  });
  return assembled(experiment, changed, stage);
}

/** Stages as one experiment; what they share is as `speaks` has it, counted from 0. */
function assembled(before: Experiment, stages: Experiment[], speaks: number): Experiment {
  const { teacher, arms } = stages[speaks];
  const { others, renumbered } = othersOf(before, stages);
  const plans = stages.map((own) => own.arms.map((arm) => plansOf(renumbered(own, arm))[0]));
  const [first, ...later] = stages.map((own) => stagesOf(own)[0]);
  return withoutNothing<Experiment>({
    ...first,
    teacher,
    others: others.length > 0 ? others : undefined,
    later: later.length > 0 ? later : undefined,
    arms: arms.map(({ id, student, initialisation, fork }, index) =>
      withPlans(
        // A stage counts a fork's step from its own beginning; one that is new in it is the first stage's to say.
        { id, student, initialisation, fork: before.arms.find((arm) => arm.id === id)?.fork ?? fork },
        plans.map((own) => own[index]),
      ),
    ),
  });
}

function withPlans(
  arm: Pick<Arm, 'id' | 'student' | 'initialisation' | 'fork'>,
  [first, ...later]: Plan[],
): Arm {
  return withoutNothing<Arm>({ ...arm, ...first, later: later.length > 0 ? later : undefined });
}

/**
 * The teachers beside the first that stages have together: those that every stage still has, or that an arm learns from in one.
 * `renumbered`: an arm of a stage, which names teachers as they are counted there, as they are counted in the whole.
 */
function othersOf(before: Experiment, stages: Experiment[]) {
  const own = (stage: Experiment) => stage.others ?? [];
  const all = [...new Set([...own(before), ...stages.flatMap(own)])];
  const isNeeded = (other: OtherTeacher) =>
    stages.every((stage) => own(stage).includes(other)) ||
    stages.some((stage) =>
      stage.arms.some(
        ({ taughtBy }) =>
          own(stage).includes(other) &&
          (taughtBy?.kind === 'ensemble' ||
            (taughtBy?.kind === 'member' && own(stage)[taughtBy.index - 2] === other)),
      ),
    );
  const others = all.filter(isNeeded);
  const renumbered = (stage: Experiment, arm: Arm): Arm => {
    const { taughtBy } = arm;
    const named = taughtBy?.kind === 'member' ? own(stage)[taughtBy.index - 2] : undefined;
    return named ? { ...arm, taughtBy: { kind: 'member', index: others.indexOf(named) + 2 } } : arm;
  };
  return { others, renumbered };
}

/** The experiment with its stages in this order, by where they are now, from 0: those that are not named are left out. */
export function withStages(experiment: Experiment, order: readonly number[]): Experiment {
  return put(
    experiment,
    order.map((stage) => stagesOf(experiment)[stage]),
    (arm) => order.map((stage) => plansOf(arm)[stage]),
  );
}

function put(experiment: Experiment, stages: Stage[], plans: (arm: Arm) => Plan[]): Experiment {
  const { teacher, others, arms } = experiment;
  const [first, ...later] = stages;
  return withoutNothing<Experiment>({
    ...first,
    teacher,
    others,
    later: later.length > 0 ? later : undefined,
    arms: arms.map((arm) => {
      const { id, student, initialisation, fork } = arm;
      return withPlans({ id, student, initialisation, fork }, plans(arm));
    }),
  });
}

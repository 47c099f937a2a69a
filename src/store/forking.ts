/** Forks as the page offers them: a copy of an arm from a step on, with one thing changed. */
import { withNumber, withoutChanges, withSettings } from '../config/compare';
import type { Arm, Experiment, Plan } from '../config/experiment';
import { flatten, withLeaf } from '../config/paths';
import { plansOf, stageAt, stageOfStep, withStage } from '../config/stages';
import type { ChoiceId } from '../methods/registry';
import type { Opened, RunHistory } from '../protocol/messages';
import { copyArm, withChoice } from './edits';

/** The experiment with the numbers that the run had at a step: what was moved later, or is yet to be applied, is as it was. */
export function experimentAt({ experiment, opened, history }: RunAtHand, step: number): Experiment {
  const begun = opened ? withoutChanges(opened.experiment, opened.history.changes) : experiment;
  return withSettings(
    begun,
    history.changes.filter((change) => change.step <= step),
  );
}

interface RunAtHand {
  experiment: Experiment;
  opened: Pick<Opened, 'experiment' | 'history'> | null;
  history: RunHistory;
}

/** One thing of an arm's plan: where it stands in it, such as `temperature` or `weights.ce`, and what it is to be. */
export interface Thing {
  path: string;
  value: string | number;
}

/**
 * The experiment with a copy of an arm, under an id of its own, that goes its own way after `step` updates. The thing is changed in the
 * stage that its first update belongs to, and in those after it that had the same there.
 * @throws RangeError where there is no such arm
 */
export function forkedAt(
  experiment: Experiment,
  { of, step }: NonNullable<Arm['fork']>,
  thing: Thing,
): { experiment: Experiment; id: string } {
  const source = experiment.arms.find(({ id }) => id === of);
  if (!source) throw new RangeError(`There is no arm ${of}`);
  const copied = copyArm(experiment, source, { fork: { of, step } });
  const index = copied.experiment.arms.length - 1;
  const first = stageOfStep(experiment, step);
  const present = (plan: Plan) => flatten(plan).get(thing.path);
  const before = present(plansOf(source)[first]);
  const changed = plansOf(source).reduce((whole, plan, stage) => {
    if (stage < first || (stage > first && present(plan) !== before)) return whole;
    return withStage(whole, stage, withThing(stageAt(whole, stage), index, thing));
  }, copied.experiment);
  return { experiment: changed, id: copied.id };
}

function withThing(stage: Experiment, index: number, { path, value }: Thing): Experiment {
  if (typeof value === 'number') return withNumber(stage, `arms.${index}.${path}`, value);
  const [part, choice] = path.split('.');
  const arms = stage.arms.map((arm, i) => {
    if (i !== index) return arm;
    return choice === undefined ? withLeaf(arm, [part], value) : withChoice(arm, choice as ChoiceId, value);
  });
  return { ...stage, arms };
}

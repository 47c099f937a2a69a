/** Forks as the page offers them: a copy of an arm from a step on, with one thing changed. */
import { withoutChanges, withSettings } from '../config/compare';
import type { Arm, Experiment } from '../config/experiment';
import { withLeaf } from '../config/paths';
import { plansOf, stageAt, stageOfStep, withStage } from '../config/stages';
import { type ChoiceId, type DialId, dialBound, optionsOf } from '../methods/registry';
import type { Opened, RunHistory } from '../protocol/messages';
import { copyArm } from './edits';

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
  { path, value }: Thing,
): { experiment: Experiment; id: string } {
  const source = experiment.arms.find(({ id }) => id === of);
  if (!source) throw new RangeError(`There is no arm ${of}`);
  const copied = copyArm(experiment, source, { fork: { of, step } });
  const index = copied.experiment.arms.length - 1;
  const first = stageOfStep(experiment, step);
  const before = leafAt(plansOf(source)[first], path);
  const changed = plansOf(source).reduce((whole, plan, stage) => {
    if (stage < first || (stage > first && leafAt(plan, path) !== before)) return whole;
    const own = stageAt(whole, stage);
    const arms = own.arms.map((arm, i) => (i === index ? withThing(arm, path, value) : arm));
    return withStage(whole, stage, { ...own, arms });
  }, copied.experiment);
  return { experiment: changed, id: copied.id };
}

/** What stands under a path of a plan; undefined where nothing does. */
export function leafAt(plan: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (node, key) =>
        typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined,
      plan,
    );
}

function withThing(arm: Arm, path: string, value: string | number): Arm {
  const [part, id] = path.split('.');
  if (id === undefined) return withLeaf(arm, [part], value);
  const { [id]: _, ...others } = arm[part as 'weights' | 'dials' | 'choices'] as Record<string, unknown>;
  return { ...arm, [part]: saysNothing(part, id, value) ? others : { ...others, [id]: value } };
}

/** True for what says no more than its absence. */
function saysNothing(part: string, id: string, value: string | number): boolean {
  if (part === 'weights') return value === 0;
  return value === (part === 'dials' ? dialBound(id as DialId).initial : optionsOf(id as ChoiceId)[0]);
}

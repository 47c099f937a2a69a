/** What a changed experiment means for the run: nothing, new numbers for the next step, or a restart. */
import type { Bound } from '../methods/method';
import { dialBound, isDial, isTerm, liveBound, methodOfTerm, type TermId } from '../methods/registry';
import { bounds } from './bounds';
import type { Arm, Experiment } from './experiment';
import { hasTerm } from './objective';
import { differingPaths } from './paths';
import type { NumberChange, NumberSetting } from './results';
import { stageAt, stageCount, stageOfPath, withStage } from './stages';

/** A live number's path within its stage taken apart: an arm's number, or one of the weights or dials that methods name. */
const livePath =
  /^(?:training\.learningRate|arms\.(\d+)\.(?:(temperature|teacherTemperature)|(weights|dials)\.(\w+)))$/;

/** The range of the number under a path that acts on the next step; null for any other. Nothing else names them. */
export function liveBoundAt(path: string): Bound | null {
  const [matched, , own, part, id] = livePath.exec(stageOfPath(path).path) ?? [];
  if (matched === undefined) return null;
  if (own) return bounds.temperature;
  if (part === 'weights') return isTerm(id) ? bounds.lossWeight : null;
  return part === 'dials' ? liveBound(id) : bounds.learningRate;
}

/** True for a path within an experiment whose number may change while the run is under way. */
export const isLive = (path: string) => liveBoundAt(path) !== null;

/** What a number is where the experiment does not name it; undefined where it can't be left out. */
function unsaid(path: string): number | undefined {
  const [, , , part, id] = livePath.exec(path) ?? [];
  if (part === 'weights') return 0;
  return part === 'dials' && isDial(id) ? dialBound(id).initial : undefined;
}

/** What a source is called is no part of what is trained. */
const isName = (path: string) => {
  const { path: own } = stageOfPath(path);
  return own === 'text.name' || own === 'teacher.name';
};

/** `numbers`: only live numbers differ; `structure`: the run must start again. */
export function difference(before: Experiment, after: Experiment): 'none' | 'numbers' | 'structure' {
  const paths = differingPaths(before, after).filter((path) => !isName(path));
  if (paths.length === 0) return 'none';
  // A number that comes or goes, and has no value where it isn't there, makes another step.
  const isNumber = (path: string) => numberAt(before, path) !== null && numberAt(after, path) !== null;
  return paths.every(isNumber) ? 'numbers' : 'structure';
}

/** How many stages, from the first on, are trained alike in both; 0 where teachers or students differ. */
export function stagesAlike(one: Experiment, other: Experiment): number {
  const differing = differingPaths(one, other).filter((path) => !isName(path));
  return Math.min(stageCount(one), stageCount(other), ...differing.map((path) => stageOfPath(path).stage));
}

/**
 * True where a number can be moved to this value while the run is under way. The last weight of a method whose parameters
 * come with its terms can't go to 0: they would go with it, and the run could never take them back.
 */
export const canMove = (experiment: Experiment, { path, value }: NumberSetting): boolean =>
  numberAt(experiment, path) !== null && numberAt(withNumber(experiment, path, value), path) !== null;

/** The experiment with other live numbers; what can't be moved is left alone. */
export const withSettings = (experiment: Experiment, settings: readonly NumberSetting[]): Experiment =>
  settings.reduce(
    (changed, setting) =>
      canMove(changed, setting) ? withNumber(changed, setting.path, setting.value) : changed,
    experiment,
  );

/** The experiment with another number at a live path, whether it acts at once or not. */
export function withNumber(experiment: Experiment, path: string, value: number): Experiment {
  const { stage, path: within } = stageOfPath(path);
  if (stage > 0) return withStage(experiment, stage, withNumber(stageAt(experiment, stage), within, value));
  const [, index, own, part, id] = livePath.exec(path) ?? [];
  if (!index) return { ...experiment, training: { ...experiment.training, learningRate: value } };
  const arms = experiment.arms.map((arm, i) => {
    if (i !== Number(index)) return arm;
    if (own) return { ...arm, [own]: value };
    const { [id]: _, ...others } = arm[part as 'weights' | 'dials'] as Record<string, number>;
    return { ...arm, [part]: value === unsaid(path) ? others : { ...others, [id]: value } };
  });
  return { ...experiment, arms };
}

/** The live numbers that lead from one experiment to the other; what is the same is left out. */
export const settingsBetween = (before: Experiment, after: Experiment): NumberSetting[] =>
  differingPaths(before, after).flatMap((path) => {
    const value = numberAt(after, path);
    return value === null || numberAt(before, path) === null ? [] : [{ path, value }];
  });

/** False for a term without a weight whose method trains parameters that come with its terms: another run has them. */
function canComeUnderWay(arm: Arm, term: TermId): boolean {
  const { terms, extra } = methodOfTerm(term);
  return !extra || extra.ready || Object.keys(terms).some((own) => hasTerm(arm, own as TermId));
}

/** The live number under a path; null where there is none. */
export function numberAt(experiment: Experiment, path: string): number | null {
  const { stage, path: within } = stageOfPath(path);
  if (stage > 0) {
    return stage < stageCount(experiment) ? numberAt(stageAt(experiment, stage), within) : null;
  }
  const [matched, index, own, part, id] = livePath.exec(path) ?? [];
  if (matched === undefined || !isLive(path)) return null;
  if (!index) return experiment.training.learningRate;
  const arm = experiment.arms[Number(index)];
  if (!arm) return null;
  if (own) return arm[own as 'temperature' | 'teacherTemperature'] ?? null;
  if (part === 'weights' && !canComeUnderWay(arm, id as TermId)) return null;
  return (arm[part as 'weights' | 'dials'] as Record<string, number>)[id] ?? unsaid(path) ?? null;
}

/** What settings change at this step; those that are so already, or can't be, are left out. */
export const changesBy = (
  experiment: Experiment,
  step: number,
  settings: readonly NumberSetting[],
): NumberChange[] =>
  settings.flatMap((setting) => {
    const before = numberAt(experiment, setting.path);
    const isChange = before !== null && before !== setting.value && canMove(experiment, setting);
    return isChange ? [{ ...setting, step, before }] : [];
  });

/** The experiment with the numbers that it had before these changes. */
export const withoutChanges = (experiment: Experiment, changes: readonly NumberChange[]): Experiment =>
  withSettings(experiment, changes.map(({ path, before }) => ({ path, value: before })).reverse());

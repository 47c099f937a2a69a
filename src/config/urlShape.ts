/**
 * What a link says before anything else: how many stages there are (`stages=3`) and which arms (`arms=distilled,twin,third`),
 * where their number is not the preset's. Stages and arms that the preset lacks begin as copies of its last one, so that the
 * paths beside them are differences again.
 */
import { bounds } from './bounds';
import type { Arm, Experiment } from './experiment';
import { withoutNothing } from './paths';
import type { Problem } from './problems';
import { plansOf, stageCount, stagesOf } from './stages';

/** The experiment with so many stages: its first ones, or its own and the last of them again, with every arm's plan. */
export function withStageCount(experiment: Experiment, count: number): Experiment {
  const laterOf = <T>(all: readonly T[]) =>
    count > 1 ? Array.from({ length: count - 1 }, (_, i) => all[Math.min(i + 1, all.length - 1)]) : undefined;
  return withoutNothing<Experiment>({
    ...experiment,
    later: laterOf(stagesOf(experiment)),
    arms: experiment.arms.map((arm) => withoutNothing<Arm>({ ...arm, later: laterOf(plansOf(arm)) })),
  });
}

/** The experiment with arms of these ids: its own, and where it has none of an id, a copy of its last arm. */
export function withArmIds(experiment: Experiment, ids: readonly string[]): Experiment {
  const { arms } = experiment;
  return {
    ...experiment,
    arms: ids.map((id) => arms.find((arm) => arm.id === id) ?? { ...arms.at(-1)!, id }),
  };
}

/** Ids with commas between them; null where the text is none, too many, or JSON: a list of whole arms, a number, `null`. */
export function armIdsIn(text: string): string[] | null {
  const ids = text.split(',');
  const isJson = ids.length === 1 && /^(-?\d+|null|true|false)$/.test(text);
  const fit = ids.length <= bounds.arms.max && ids.every((id) => /^[a-z0-9-]{1,24}$/.test(id));
  return fit && !isJson ? ids : null;
}

/** True for what says the shape, and is no path of an experiment. */
export const isShape = (name: string, text: string) =>
  name === 'stages' || (name === 'arms' && armIdsIn(text) !== null);

/** The experiment in the shape that entries of a link ask for; a problem is added for what can't be had. */
export function withShape(
  base: Experiment,
  entries: readonly (readonly [name: string, text: string])[],
  problems: Problem[],
): Experiment {
  const said = (name: string) => entries.findLast((entry) => entry[0] === name && isShape(...entry))?.[1];
  const [stages, arms] = [said('stages'), said('arms')];
  const staged =
    stages === undefined ? base : withStageCount(base, countIn(stages, stageCount(base), problems));
  return arms === undefined ? staged : withArmIds(staged, armIdsIn(arms)!);
}

function countIn(text: string, before: number, problems: Problem[]): number {
  const { min, max } = bounds.stages;
  const isNumber = /^-?\d+$/.test(text);
  const used = isNumber ? Math.min(Math.max(Number(text), min), max) : before;
  if (!isNumber || used !== Number(text)) {
    problems.push({
      code: isNumber ? 'urlOutOfRange' : 'urlMalformed',
      values: { parameter: 'stages', value: shorten(text), used: String(used) },
    });
  }
  return used;
}

/** What of a text from a link fits into a message. */
export const shorten = (text: string) => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);

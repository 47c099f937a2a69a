/**
 * Experiments of earlier versions, and as they are written down today, read as what this version works with.
 *
 * Version 1 had one text and one training budget, and arms with an `objective` of six terms, of which `hidn` held the
 * embeddings' level too. Version 2 is a teacher, stages and arms: each stage has its data and its budget, and each arm a plan
 * for every stage. In memory the first stage and the experiment are one (`Experiment`), so that a path to a number is as short
 * as a person would type it.
 */
import { bounds } from './bounds';
import {
  type Arm,
  armSchema,
  type Experiment,
  experimentSchema,
  othersSchema,
  planSchema,
  stageSchema,
  teacherSchema,
} from './experiment';
import { withoutNothing } from './paths';
import { ProblemError } from './problems';
import type { NumberChange, NumberSetting } from './results';
import { plansOf, stagesOf } from './stages';
import { z } from './zod';

export const experimentVersion = 2;

/** An experiment as it is written to files and into storage. */
const writtenSchema = z.strictObject({
  version: z.literal(experimentVersion),
  teacher: teacherSchema,
  others: othersSchema,
  stages: z.array(stageSchema.transform(withoutNothing)).min(1).max(bounds.stages.max),
  arms: z
    .array(
      z.strictObject({
        ...armSchema.pick({ id: true, student: true, initialisation: true, fork: true }).shape,
        plan: z.array(planSchema.transform(withoutNothing)).min(1).max(bounds.stages.max),
      }),
    )
    .min(1)
    .max(bounds.arms.max),
});

export type WrittenExperiment = z.infer<typeof writtenSchema>;

export function written(experiment: Experiment): WrittenExperiment {
  const { teacher, others, arms } = experiment;
  return {
    version: experimentVersion,
    teacher,
    ...(others && { others }),
    stages: stagesOf(experiment),
    arms: arms.map((arm) => {
      const { id, student, initialisation, fork } = arm;
      return { id, student, initialisation, ...(fork && { fork }), plan: plansOf(arm) };
    }),
  };
}

/**
 * An experiment of any version.
 * @throws ProblemError experimentNewer, or experimentMalformed with the place of the first fault
 */
export function upgrade(found: unknown): Experiment {
  const version = versionOf(found);
  if (version === 1) {
    const { version: _, ...experiment } = found as { version?: unknown };
    return parsed(experimentSchema, { ...experiment, arms: armsOfVersion1(found) });
  }
  const { teacher, others, stages, arms } = parsed(writtenSchema, found);
  const short = arms.findIndex(({ plan }) => plan.length !== stages.length);
  if (short >= 0) throw new ProblemError('experimentMalformed', { part: `arms.${short}.plan` });
  const [first, ...later] = stages;
  const flat: Arm[] = arms.map(({ plan: [plan, ...others], ...arm }) => ({
    ...arm,
    ...plan,
    ...(others.length > 0 && { later: others }),
  }));
  return {
    ...first,
    teacher,
    ...(others && { others }),
    ...(later.length > 0 && { later }),
    arms: flat,
  };
}

/** 1 where none is named. @throws ProblemError experimentNewer, or experimentMalformed */
function versionOf(found: unknown): number {
  if (typeof found !== 'object' || found === null)
    throw new ProblemError('experimentMalformed', { part: '' });
  const { version = 1 } = found as { version?: unknown };
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new ProblemError('experimentMalformed', { part: 'version' });
  }
  if (version > experimentVersion) {
    throw new ProblemError('experimentNewer', { version, known: experimentVersion });
  }
  return version;
}

function parsed<T>(schema: z.ZodType<T>, found: unknown): T {
  const { success, data, error } = schema.safeParse(found);
  if (success) return data;
  const [issue] = error.issues;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  throw new ProblemError('experimentMalformed', {
    part: [...issue.path, ...unknown].join('.').slice(0, 100),
  });
}

const armsOfVersion1 = (found: unknown): unknown => {
  const { arms } = found as { arms?: unknown };
  return Array.isArray(arms) ? arms.map(upgradeArm) : arms;
};

/** An arm of version 1 as one of this version; anything else is left as it is. */
export function upgradeArm(arm: unknown): unknown {
  if (typeof arm !== 'object' || arm === null || !Object.hasOwn(arm, 'objective')) return arm;
  const { objective, ...others } = arm as { objective: unknown };
  if (typeof objective !== 'object' || objective === null) return arm;
  const weights = Object.entries(objective).flatMap(([term, weight]) =>
    termsOfVersion1(term).map((id) => [id, weight]),
  );
  return { ...others, weights: Object.fromEntries(weights) };
}

/** `hidn` held the embeddings' level. */
const termsOfVersion1 = (term: string) => (term === 'hidn' ? ['embd', 'hidn'] : [term]);

/**
 * The paths that a path of version 1, or one through the stages, stands for: `arms.0.objective.ce` is `arms.0.weights.ce`,
 * `stages.0.training.steps` is `training.steps`, `arms.0.plan.0.temperature` is `arms.0.temperature`, and what is under
 * `stages.1` or `plan.1` is under `later.0`.
 */
export function upgradePath(path: string): string[] {
  const stage = (number: string) => (Number(number) === 0 ? '' : `later.${Number(number) - 1}.`);
  const short = path
    .replace(/^stages\.(\d+)\./, (_, number) => stage(number))
    .replace(/^(arms\.\d+\.)plan\.(\d+)\./, (_, arm, number) => arm + stage(number));
  const [, arm, term] = /^(arms\.\d+\.)objective\.(\w+)$/.exec(short) ?? [];
  return arm ? termsOfVersion1(term).map((id) => `${arm}weights.${id}`) : [short];
}

/** Changes of live numbers by the paths of this version. */
export const upgradeChanges = <T extends NumberChange | NumberSetting>(changes: readonly T[]): T[] =>
  changes.flatMap((change) => upgradePath(change.path).map((path) => ({ ...change, path })));

/**
 * What a run must be to be opened. Whatever comes from storage or from a file passes through here: people edit files,
 * disks tear them, and another version of the page may have written them. Nothing is half believed.
 */
import { bounds } from '../config/bounds';
import type { Experiment } from '../config/experiment';
import { isApartAfter } from '../config/forks';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { Recording } from '../config/recording';
import type { NumberChange, Reached, RunHistory } from '../config/results';
import { stepsOf } from '../config/stages';
import { upgrade, upgradeChanges, written } from '../config/upgrade';
import { z } from '../config/zod';
import { type ArmState, type Named, sumState } from './armState';
import { changesSchema, historySchema } from './keptHistory';

/** A run at one step: everything but the weights. */
export interface RunRecord {
  id: string;
  /** Tells the run from others that were or will be kept under the same name; empty for records of the first form. */
  birth: string;
  experiment: Experiment;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Updates done. */
  step: number;
  history: RunHistory;
  /** The probed sentence. */
  sentence: string;
  /** Of the teacher and tokenizer that it was trained under; another one's run can't go on. */
  fingerprint: string;
  /** The forms of matrix products that it was trained with, so that it goes on with the same rounding; null: the usual. */
  tuning: unknown;
  /** Steps of ends of stages whose states are kept too; absent where there are none. */
  borders?: number[];
  /** Steps on the way whose states are kept too, for forks; absent where there are none. */
  checkpoints?: number[];
}

/** A run from which training goes on exactly. At step 0 `arms` may be empty: the seed gives them again. */
export interface KeptRun {
  record: RunRecord;
  /** By arm id. */
  arms: Record<string, ArmState>;
  reached: Reached | null;
  /** What was recorded of it; absent where nothing was, and where it is read by itself. */
  recording?: Recording;
}

/**
 * The form of a record. Records of the first form have no version, and no `changes` in their history; up to the second
 * experiments are of version 1, and so are the paths of changes; up to the third nothing comes from another arm, and no states
 * on the way are kept.
 */
export const recordVersion = 4;

/** A record as it is written down. */
export const writtenRecord = (record: RunRecord) => ({
  ...record,
  experiment: written(record.experiment),
  version: recordVersion,
});

const idSchema = z.string().regex(/^[\w-]{1,64}$/);
const longest = { sentence: 20_000, fingerprint: 4000, name: 100 };
/** Values in a tuning, which whoever takes it up reads with a schema of its own. */
const mostOfTuning = 2000;
/** States on the way, some more than a page keeps. */
const mostCheckpoints = 64;
const most = { tensors: 500, numbers: 2 ** 27 };

const recordSchema = z.strictObject({
  id: idSchema,
  birth: z.string().max(longest.name),
  experiment: z.unknown(),
  savedAt: z.number().int().min(0),
  step: z.number().int().min(0),
  history: z.unknown(),
  sentence: z.string().max(longest.sentence),
  fingerprint: z.string().max(longest.fingerprint),
  tuning: z.unknown().refine((value) => isSmall(value, mostOfTuning)),
  borders: z.array(z.number().int().min(1)).max(bounds.stages.max).optional(),
  checkpoints: z.array(z.number().int().min(1)).max(mostCheckpoints).optional(),
});

/**
 * A record as it was read. Beside those of a `RunRecord` it may have a `version`, and `bytes`, which is for lists.
 * @param id that it was kept under; records of the first form don't have it
 * @throws ProblemError keptBroken, or keptNewer
 */
export function parseRecord(id: string, found: unknown): RunRecord {
  if (!isObject(found)) broken('record');
  const { version = 1, bytes: _, ...rest } = found as Record<string, unknown>;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) broken('version');
  if (version > recordVersion) throw new ProblemError('keptNewer');
  const older = version === 1;
  const {
    history,
    experiment: asKept,
    ...record
  } = checked(recordSchema, older ? { tuning: null, birth: '', ...rest, id } : rest);
  const experiment = parseExperiment(asKept);
  const { step } = record;
  if (record.id !== id) broken('id');
  if (step > stepsOf(experiment)) broken('step');
  const ids = experiment.arms.map((arm) => arm.id);
  if (new Set(ids).size < ids.length) broken('experiment.arms');
  const whole = older && isObject(history) ? { changes: [], ...history } : history;
  const today =
    version < 3 && isObject(whole) ? { ...whole, changes: upgradedChanges(whole.changes) } : whole;
  return { ...record, experiment, history: checked(historySchema(experiment, step), today, ['history']) };
}

/** @throws ProblemError keptBroken, or keptNewer for an experiment that this version can't hold */
function parseExperiment(found: unknown): Experiment {
  try {
    return upgrade(found);
  } catch (error) {
    const { code, values } = problemOf(error);
    if (code !== 'experimentMalformed') throw new ProblemError('keptNewer');
    return broken(['experiment', values?.part].filter(Boolean).join('.'));
  }
}

/** Changes by the paths of this version; what are no changes is left to the schema. */
const upgradedChanges = (found: unknown): unknown =>
  Array.isArray(found) && found.every((change) => typeof change?.path === 'string')
    ? upgradeChanges(found as NumberChange[])
    : found;

/**
 * The arms' states of a record, whole and unchanged.
 * @param found by arm id, as `StoredState`
 * @throws ProblemError keptBroken
 */
export function parseStates(
  { experiment, step }: Pick<RunRecord, 'experiment' | 'step'>,
  found: ReadonlyMap<string, unknown>,
): Record<string, ArmState> {
  if (found.size === 0 && step === 0) return {};
  // A fork has a state of its own once it goes its own way.
  const ids = experiment.arms.filter((arm) => isApartAfter(arm, step)).map(({ id }) => id);
  if (found.size !== ids.length) broken('arms');
  return Object.fromEntries(ids.map((id) => [id, parseState(`arms.${id}`, step, found.get(id))]));
}

function parseState(part: string, step: number, found: unknown): ArmState {
  if (!isObject(found) || !isObject(found.moments)) broken(part);
  const parameters = parseTensors(`${part}.parameters`, found.parameters);
  const first = parseTensors(`${part}.moments.first`, found.moments.first, parameters);
  const second = parseTensors(`${part}.moments.second`, found.moments.second, parameters);
  const state = { parameters, moments: { first, second } };
  const { checksum, finite, possible } = sumState(state, step);
  if (!finite || !possible || found.step !== step || found.checksum !== checksum) broken(part);
  return state;
}

/** @param like tensors of the same names and lengths */
function parseTensors(part: string, found: unknown, like?: Named): Named {
  if (!isObject(found)) broken(part);
  const names = Object.keys(found);
  if (names.length === 0 || names.length > most.tensors) broken(part);
  if (like && names.length !== Object.keys(like).length) broken(part);
  for (const name of names) {
    if (!/^[a-z][\w.]*$/i.test(name) || name.length > longest.name) broken(part);
    const values = found[name];
    if (!(values instanceof Float32Array) || values.length > most.numbers) broken(`${part}.${name}`);
    const length = like && (Object.hasOwn(like, name) ? like[name].length : -1);
    if (length !== undefined && values.length !== length) broken(`${part}.${name}`);
  }
  return found as Named;
}

/** How far a run has come since its record; null where that is not known, or no more than the record itself says. */
export function parseReached({ experiment, birth, step }: RunRecord, found: unknown): Reached | null {
  const schema = z.strictObject({
    birth: z.literal(birth),
    step: z.number().int().min(step).max(stepsOf(experiment)),
    changes: z.unknown(),
  });
  const reached = schema.safeParse(found);
  if (!reached.success) return null;
  // Notes have no version; paths of version 1 are no paths of this one, so that reading them as such harms none.
  const kept = upgradedChanges(reached.data.changes);
  const changes = changesSchema(experiment, 0, reached.data.step).safeParse(kept);
  return changes.success ? { ...reached.data, changes: changes.data } : null;
}

/** @throws ProblemError keptBroken with the place of the first fault */
function checked<T>(schema: z.ZodType<T>, value: unknown, at: string[] = []): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  broken([...at, ...issue.path, ...unknown].join('.') || 'record');
}

function broken(part: string): never {
  throw new ProblemError('keptBroken', { part: part.slice(0, longest.name) });
}

/** What is wrong with a run, where that is all that is wrong; anything else is thrown on. */
export function faultOf(error: unknown): Problem {
  if (error instanceof ProblemError && ['keptBroken', 'keptNewer'].includes(error.problem.code)) {
    return error.problem;
  }
  throw error;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for plain data of at most `limit` values, however they hang together. */
function isSmall(root: unknown, limit: number): boolean {
  const waiting = [root];
  for (let seen = 0; waiting.length > 0; seen++) {
    const value = waiting.pop();
    if (seen > limit || (typeof value === 'string' && value.length > limit)) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
    const parts = Object.values(value);
    if (parts.length > limit) return false;
    waiting.push(...parts);
  }
  return true;
}

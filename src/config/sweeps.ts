/** Sweeps of T: students that differ in the temperature that they train at and in nothing else. */
import { bounds } from './bounds';
import type { Arm, Experiment, Plan } from './experiment';
import { isSoftened } from './objective';
import { ProblemError } from './problems';
import { plansOf } from './stages';

/** T that a sweep tries where nobody says others, and T at which its students are looked at. */
export const usualSweep: readonly number[] = [1, 2, 4, 8, 16];
const usualLadder: readonly number[] = [0.5, 1, 2, 4, 8, 16];

/** Those T of a ladder at which teacher and students are compared: the usual ones, and those that were trained at. */
export const ladderOf = (trained: readonly number[]): number[] =>
  [...new Set([...usualLadder, ...trained])].sort((a, b) => a - b);

/** Arms that a sweep can be made of: T softens something in their plan, and a teacher, no other arm, teaches them. */
export const canSweep = (arm: Arm): boolean =>
  plansOf(arm).some(isSoftened) && plansOf(arm).every(({ taughtBy }) => taughtBy?.kind !== 'arm');

/** The arm at another T, in every stage where T softens anything. A T that only the teacher's side had gives way. */
function atTemperature(arm: Arm, temperature: number): Arm {
  const moved = <T extends Plan>(plan: T): T => {
    const { teacherTemperature: _, ...rest } = plan;
    return isSoftened(plan) ? ({ ...rest, temperature } as T) : plan;
  };
  return {
    ...moved(arm),
    id: `t${String(temperature).replace('.', '-')}`,
    ...(arm.later && { later: arm.later.map(moved) }),
  };
}

/**
 * An experiment whose arms are `arm` at each of these temperatures: they share text, batches and the teacher's pass.
 * @throws RangeError for more temperatures than an experiment has arms, or an arm that can't be swept
 */
export function sweepExperiment(
  experiment: Experiment,
  arm: Arm,
  temperatures: readonly number[],
): Experiment {
  if (temperatures.length > bounds.arms.max) throw new RangeError(`At most ${bounds.arms.max} temperatures`);
  if (!canSweep(arm)) throw new RangeError('T softens nothing in this arm');
  return { ...experiment, arms: temperatures.map((temperature) => atTemperature(arm, temperature)) };
}

/** T that an arm trains at: that of the last stage in which T softens anything; null where it does in none. */
export const trainedAt = (arm: Arm): number | null => plansOf(arm).findLast(isSoftened)?.temperature ?? null;

/** True where all arms learn softened targets, each at a T of its own, and nothing else tells them apart. */
export function isSweep({ arms }: Pick<Experiment, 'arms'>): boolean {
  if (arms.length < 2) return false;
  const temperatures = new Set(arms.map(trainedAt));
  if (temperatures.has(null) || temperatures.size < arms.length) return false;
  const rest = (arm: Arm) => {
    const plans = plansOf(arm).map(({ temperature, ...plan }) =>
      isSoftened(plan) ? plan : { ...plan, temperature },
    );
    return JSON.stringify([arm.student, arm.initialisation, plans]);
  };
  return arms.every((arm) => rest(arm) === rest(arms[0]));
}

/**
 * The temperatures that somebody wrote, such as "1, 2, 4", rising.
 * @throws ProblemError temperaturesEmpty, temperatureNoNumber, temperatureRepeated, temperaturesTooMany
 */
export function readTemperatures(text: string): number[] {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const { min, max } = bounds.temperature;
  if (parts.length < 2) throw new ProblemError('temperaturesEmpty');
  const temperatures = parts.map((part) => {
    const value = /^\d*\.?\d+$/.test(part) ? Number(part) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new ProblemError('temperatureNoNumber', { value: part, min, max });
    return value;
  });
  const repeated = temperatures.find((value, i) => temperatures.indexOf(value) !== i);
  if (repeated !== undefined) throw new ProblemError('temperatureRepeated', { value: repeated });
  const { max: most } = bounds.arms;
  if (temperatures.length > most)
    throw new ProblemError('temperaturesTooMany', { count: temperatures.length, most });
  return temperatures.sort((a, b) => a - b);
}

/** An arm's numbers that may change from step to step, and how they come to lie on the device. */
import type { Arm } from '../config/experiment';
import { dialOf as dialOfArm, learnsFromTeacher, methodsOf, termsOf, weightOf } from '../config/objective';
import { randomStream } from '../data/random';
import { hyperLength } from '../kernels/adamW/hyper';
import type { Part } from '../kernels/backends/storage';
import type { Method, Moment, Pair } from '../methods/method';
import { choiceOf, dialOf } from '../methods/plan';
import {
  type DialId,
  dialBound,
  dialIds,
  methodOf,
  type ScheduleId,
  scheduleIds,
  scheduleOf,
  type TermId,
} from '../methods/registry';
import { slotCount, slotOf } from './slots';

/** When numbers are asked for. */
export interface When {
  /** Updates done before, from 0, and how many there are to be. */
  step: number;
  steps: number;
  /** The update's batches before this one. */
  micro: number;
  /** Passes over the text that are done. */
  epoch: number;
  seed: number;
}

/** Where a live dial or a scheduled number lies, apart from what every arm has. */
export const partOf = (id: string) => `own.${id}`;

const numbers = (length: number): Part => ({ shape: [length], dtype: 'float32' });
const liveDials: DialId[] = dialIds.filter((id) => dialBound(id).live);

/** The block of an arm's numbers: T's, weights, AdamW's, then live dials and scheduled numbers by name. */
export function partsOfNumbers(pair: Pair | null): Record<string, Part> {
  const parts: Record<string, Part> = {
    temperature: numbers(1),
    teacherTemperature: numbers(1),
    weights: numbers(slotCount),
    hyper: numbers(hyperLength),
    first: numbers(1),
  };
  for (const id of liveDials) parts[partOf(id)] = numbers(1);
  if (!pair) return parts;
  for (const id of scheduleIds) parts[partOf(id)] = numbers(scheduleOf(id).size?.(pair) ?? 1);
  return parts;
}

const progressOf = ({ step, steps }: When) => Math.min(1, step / steps);

/** The weights as they are at a step: the plan's, times what the methods in use multiply them by. */
export function effectiveWeights(arm: Arm, when: When): Map<TermId, number> {
  const factors = methodsOf(arm)
    .map(methodOf)
    .map((method) =>
      method.factors?.({ progress: progressOf(when), dial: (name) => dialOf(method, arm, name) }),
    );
  return new Map(
    termsOf(arm).map((term) => [
      term,
      factors.reduce((weight, factor) => weight * (factor?.[term] ?? 1), weightOf(arm, term)),
    ]),
  );
}

/** Scheduled numbers of the methods in use, by name. */
export function scheduledNumbers(
  arm: Arm,
  pair: Pair | null,
  when: When,
): Partial<Record<ScheduleId, number[]>> {
  if (!pair || !learnsFromTeacher(arm)) return {};
  const all: Partial<Record<ScheduleId, number[]>> = {};
  for (const method of methodsOf(arm).map(methodOf)) {
    const before: Record<string, number[]> = {};
    for (const [id, schedule] of Object.entries(method.schedules ?? {})) {
      const value = schedule.at(momentOf(method, arm, pair, when, id, before));
      before[id] = typeof value === 'number' ? [value] : [...value];
    }
    Object.assign(all, before);
  }
  return all;
}

function momentOf(
  method: Method,
  arm: Arm,
  pair: Pair,
  when: When,
  id: string,
  before: Moment['before'],
): Moment {
  const { step, micro, epoch, seed } = when;
  const streams = {
    batch: [step, `${id} of batch ${micro}`],
    epoch: [epoch, `${id} of an epoch`],
  } as const;
  return {
    progress: progressOf(when),
    epoch,
    dial: (name) => dialOf(method, arm, name),
    choice: (name) => choiceOf(method, arm, name),
    // Keyed by what is drawn and not by the arm: arms that draw the same thing draw alike.
    random: (of) => randomStream(seed, streams[of][0], streams[of][1]).next,
    before,
    pair,
  };
}

/** Writes an arm's numbers at their places into `values`, which is as long as its block. */
export function fillNumbers(
  values: Float32Array,
  offsets: Record<string, number>,
  arm: Arm,
  pair: Pair | null,
  when: When,
) {
  values[offsets.temperature] = arm.temperature;
  values[offsets.teacherTemperature] = arm.teacherTemperature ?? arm.temperature;
  values.fill(0, offsets.weights, offsets.weights + slotCount);
  for (const [term, weight] of effectiveWeights(arm, when)) values[offsets.weights + slotOf(term)] = weight;
  for (const id of liveDials) values[offsets[partOf(id)]] = dialOfArm(arm, id);
  for (const [id, scheduled] of Object.entries(scheduledNumbers(arm, pair, when))) {
    values.set(scheduled, offsets[partOf(id)]);
  }
}

/** Those scheduled numbers that people see over the steps, by name. */
export const chartedNumbers = (
  arm: Arm,
  pair: Pair | null,
  when: When,
): Partial<Record<ScheduleId, number>> =>
  Object.fromEntries(
    Object.entries(scheduledNumbers(arm, pair, when))
      .filter(([id]) => scheduleOf(id as ScheduleId).charted)
      .map(([id, [value]]) => [id, value]),
  );

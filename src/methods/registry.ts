/** What follows from the list of methods: their terms, dials, choices and the rest by id, each with the method it is of. */
import { methods } from './all';
import type { Bound, Dial, ListDial, MeanOver, Method, PlanLike, Reading, Schedule, Term } from './method';
import { controlOf, type SoftTargets, softTargetKinds, type softTargets } from './softTargets';

export type MethodId = keyof typeof methods;

type Of<M> =
  M extends Method<infer T, infer R, infer D, infer C, infer L, infer S>
    ? { term: T; reading: R; dial: D; choice: keyof C & string; list: L; schedule: S }
    : never;
type Ids<Part extends keyof Of<Method>> = { [M in MethodId]: Of<(typeof methods)[M]>[Part] }[MethodId];

export type TermId = Ids<'term'>;
export type ReadingId = Ids<'reading'>;
type DialsOf<C> = C extends { dials: infer D } ? keyof D & string : never;
export type DialId = Ids<'dial'> | { [C in SoftTargets]: DialsOf<(typeof softTargets)[C]> }[SoftTargets];
export type ChoiceId = Ids<'choice'>;
export type ListId = Ids<'list'>;
export type ScheduleId = Ids<'schedule'>;

/** A part of a method, or of a control of the soft targets, and whose it is. */
export type Owned<Part> = Part & { owner: MethodId | SoftTargets };

const all = Object.entries(methods) as [MethodId, Method][];
export const methodIds = all.map(([id]) => id);
export const methodOf = (id: MethodId): Method => methods[id] as Method;

/** Whose each name is: of whatever kind a part is, its name stands for it in reports, in links and on the device. */
const named = new Map<string, MethodId | SoftTargets>();

/** @throws Error where two parts have one name, or a name can't stand in a link */
function gathered<Record_, Part extends object>(
  records: readonly (readonly [MethodId | SoftTargets, Record_])[],
  partsOf: (record: Record_) => Record<string, Part> | undefined,
) {
  const parts = new Map<string, Owned<Part>>();
  for (const [owner, record] of records) {
    for (const [id, part] of Object.entries(partsOf(record) ?? {})) {
      if (named.has(id)) throw new Error(`${owner} and ${named.get(id)} both name ${id}`);
      if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(id)) throw new Error(`${owner} names ${id}, which no link can hold`);
      named.set(id, owner);
      parts.set(id, { ...part, owner });
    }
  }
  return parts;
}

const controls = softTargetKinds.map((kind) => [kind, controlOf(kind)] as const);
const withDials: (readonly [MethodId | SoftTargets, Pick<Method, 'dials'>])[] = [...all, ...controls];

const termParts = gathered(all, ({ terms }): Record<string, Term> => terms);
const dialParts = gathered(withDials, ({ dials }): Record<string, Dial> | undefined => dials);
const listParts = gathered(all, ({ lists }): Record<string, ListDial> | undefined => lists);
const scheduleParts = gathered(all, ({ schedules }): Record<string, Schedule> | undefined => schedules);
const readingParts = gathered(all, ({ readings }): Record<string, Reading> | undefined => readings);
const choiceParts = gathered(
  all,
  ({ choices }) =>
    choices && Object.fromEntries(Object.entries(choices).map(([id, options]) => [id, { options }])),
);

for (const [id, { owner, min, initial, max }] of dialParts) {
  if (!(min <= initial && initial <= max))
    throw new Error(`${owner} starts ${id} at ${initial}, out of its range`);
}
for (const [id, { beside = [] }] of all) {
  const unknown = beside.find((term) => !termParts.has(term));
  if (unknown) throw new Error(`${id} is used with ${unknown}, which no method has`);
}

export const termIds = [...termParts.keys()] as TermId[];
export const dialIds = [...dialParts.keys()] as DialId[];
export const listIds = [...listParts.keys()] as ListId[];
export const choiceIds = [...choiceParts.keys()] as ChoiceId[];
export const scheduleIds = [...scheduleParts.keys()] as ScheduleId[];
export const readingIds = [...readingParts.keys()] as ReadingId[];

export const methodOfTerm = (id: TermId): Method => methodOf(termOf(id).owner as MethodId);
export const termOf = (id: TermId) => termParts.get(id)!;
export const dialBound = (id: DialId): Owned<Dial> => dialParts.get(id)!;
export const listOf = (id: ListId) => listParts.get(id)!;
export const optionsOf = (id: ChoiceId) => choiceParts.get(id)!.options;
export const ownerOfChoice = (id: ChoiceId) => choiceParts.get(id)!.owner;
export const scheduleOf = (id: ScheduleId) => scheduleParts.get(id)!;
export const readingOf = (id: ReadingId) => readingParts.get(id)!;

export const isMethod = (id: string): id is MethodId => Object.hasOwn(methods, id);
export const isTerm = (id: string): id is TermId => termParts.has(id);
export const isReading = (id: string): id is ReadingId => readingParts.has(id);
export const isDial = (id: string): id is DialId => dialParts.has(id);

/** Over what a term's mean runs under a plan. */
export function meanOf(id: TermId, plan: PlanLike): Exclude<MeanOver, 'rows'> {
  const { meanOver } = termOf(id);
  const over = typeof meanOver === 'function' ? meanOver(plan) : meanOver;
  if (over !== 'rows') return over;
  return plan.positions === 'all' ? 'tokens' : 'asked';
}

/** The terms that read a choice or a list of a method's; null where all do, or something that is no term. */
export function readersOf(id: ChoiceId | ListId): readonly TermId[] | null {
  const { owner } = choiceParts.get(id) ?? listOf(id as ListId);
  const { readBy }: Pick<Method, 'readBy'> = methodOf(owner as MethodId);
  return (readBy?.[id] as readonly TermId[] | undefined) ?? null;
}

/** Readings that come with these terms. */
export const readingsOf = (terms: readonly TermId[]): ReadingId[] =>
  readingIds.filter((id) => terms.some((term) => termOf(term).owner === readingOf(id).owner));

/** True where a term compares with the teacher. */
export const needsTeacher = (id: TermId) => termOf(id).reads.teacher.length > 0;

/** True where a term softens distributions at the plan's T. */
export const usesTemperature = (id: TermId) =>
  termOf(id).reads.teacher.includes('targets') && !termOf(id).ownTemperature;

/** The range of a dial that acts on the next step; null for others. */
export function liveBound(id: string): Bound | null {
  const dial = isDial(id) ? dialBound(id) : null;
  return dial?.live ? dial : null;
}

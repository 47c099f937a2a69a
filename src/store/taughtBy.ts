/** Whom an arm may learn from, as a list to choose from, and the experiment in which it does. */
import { bounds } from '../config/bounds';
import type { Architecture, Arm, Experiment, OtherTeacher, TeacherSource } from '../config/experiment';
import { everyOtherBlock } from '../config/mapping';
import { pairOf, sourceShape } from '../config/sources';
import { plansOf } from '../config/stages';
import type { BundledTeacherId } from '../config/teacherIds';
import { bundledTeachers, type TeacherShape } from '../config/teachers';
import { type ListId, listOf } from '../methods/registry';
import { changeArm, withLayers } from './edits';

/** Another teacher is one that the experiment does not have yet. */
export type Source = NonNullable<Arm['taughtBy']> | OtherTeacher;

const isTeacher = (source: Source | undefined): source is OtherTeacher =>
  source?.kind === 'bundled' || source?.kind === 'random';

const teacherKey = (teacher: OtherTeacher) => (teacher.kind === 'bundled' ? teacher.id : teacher.kind);

/** Every choice but the teacher itself, by a key of its own. */
export function sourcesFor({ teacher, others = [], arms }: Experiment, arm: Arm): Map<string, Source> {
  const sources = new Map<string, Source>();
  others.forEach((_, i) => {
    sources.set(`member ${i + 2}`, { kind: 'member', index: i + 2 });
  });
  if (others.length > 0) {
    for (const mean of ['probabilities', 'logits'] as const) sources.set(mean, { kind: 'ensemble', mean });
  }
  for (const { id } of arms) if (id !== arm.id) sources.set(`arm ${id}`, { kind: 'arm', id });
  if (1 + others.length >= bounds.teachers.max) return sources;
  const there = new Set([teacher, ...others].map((one) => (one.kind === 'bundled' ? one.id : one.kind)));
  for (const other of [...bundledBeside(teacher), { kind: 'random' } as const]) {
    const key = teacherKey(other);
    if (!there.has(key)) sources.set(key, other);
  }
  return sources;
}

/** Bundled teachers that speak of the same words. A teacher of one's own may have others, though as many. */
const bundledBeside = (teacher: TeacherSource): OtherTeacher[] =>
  teacher.kind === 'bundled'
    ? (Object.keys(bundledTeachers) as BundledTeacherId[])
        .filter((id) => bundledTeachers[id].vocabularySize === bundledTeachers[teacher.id].vocabularySize)
        .map((id) => ({ kind: 'bundled', id }))
    : [];

/** The key of whom an arm learns from; empty for the teacher. */
export const sourceKey = ({ taughtBy }: Arm): string => {
  if (taughtBy?.kind === 'member') return `member ${taughtBy.index}`;
  if (taughtBy?.kind === 'arm') return `arm ${taughtBy.id}`;
  return taughtBy ? taughtBy.mean : '';
};

/**
 * The arm learns from this source, which joins the experiment where it is new; undefined: from the teacher. `known`: the
 * mapping that the arm had when it last learned from this source; where it has none that fits, layers are spread anew over a
 * source that has another number of them. A teacher that nobody learns from any more leaves.
 */
export function withSource(
  experiment: Experiment,
  teacher: TeacherShape,
  arm: Arm,
  source: Source | undefined,
  known: readonly number[] = [],
): Experiment {
  const { others = [] } = experiment;
  const all: OtherTeacher[] = isTeacher(source) ? [...others, source] : others;
  const taughtBy = isTeacher(source) ? { kind: 'member' as const, index: all.length + 1 } : source;
  const changed = taught(withOthers(experiment, all), arm, taughtBy);
  const after = sourceShape(changed, teacher, { ...arm, taughtBy });
  const fitted = underSource(arm, sourceShape(experiment, teacher, arm), after);
  const fits = known.length === arm.student.layers && known.every((layer) => layer <= after.layers);
  const { lists } = fitted;
  const mapping = fits ? [...known] : fitted.mapping;
  return withoutLeft(experiment, changeArm(changed, arm.id, { lists, mapping }));
}

/** The experiment without an arm; whoever learned from it learns from the teacher. `teacher`: null where there is none. */
export function withoutArm(experiment: Experiment, teacher: TeacherShape | null, id: string): Experiment {
  const pupils = experiment.arms.filter((arm) => isPupilOf(arm, id));
  const handedOver = pupils.reduce(
    (changed, pupil) =>
      teacher ? withSource(changed, teacher, pupil, undefined) : taught(changed, pupil, undefined),
    experiment,
  );
  const arms = handedOver.arms.filter((arm) => arm.id !== id);
  return withoutLeft(experiment, { ...handedOver, arms });
}

/**
 * The arm's student in another shape. Where it has another number of layers, those that it copies and is compared with are
 * spread anew, and so are those of whoever learns from it.
 */
export function withStudent(
  experiment: Experiment,
  teacher: TeacherShape | null,
  arm: Arm,
  changes: Partial<Architecture>,
): Experiment {
  const student = { ...arm.student, ...changes };
  const source = teacher && sourceShape(experiment, teacher, arm);
  const { layers, heads } = arm.student;
  const resized = student.layers === layers ? arm : withLayers(arm, student.layers, teacher, source);
  // Lists have a number for each layer or head; as a method has them at first they fit.
  const lists = student.heads === heads ? resized.lists : {};
  const changed = changeArm(experiment, arm.id, { ...resized, student, lists });
  if (!teacher) return changed;
  const refitted = (pupil: Arm) =>
    underSource(pupil, sourceShape(experiment, teacher, pupil), sourceShape(changed, teacher, pupil));
  const arms = changed.arms.map((other) => (isPupilOf(other, arm.id) ? refitted(other) : other));
  return { ...changed, arms };
}

/** Teachers beside the first that nobody learns from in any stage, though they are loaded: their indexes, from 2. */
export const unusedTeachers = ({ others = [], arms }: Experiment): number[] =>
  others
    .map((_, i) => i + 2)
    .filter(
      (index) =>
        !arms
          .flatMap(plansOf)
          .some(
            ({ taughtBy }) =>
              taughtBy?.kind === 'ensemble' || (taughtBy?.kind === 'member' && taughtBy.index === index),
          ),
    );

/** The experiment as it has become, without teachers that lost their last pupil by that, or say nothing but chance. */
function withoutLeft({ others = [], ...before }: Experiment, after: Experiment): Experiment {
  const unused = new Set(unusedTeachers({ ...before, others }).map((index) => others[index - 2]));
  return withoutUnused(after, (other) => other.kind === 'random' || !unused.has(other));
}

/** The experiment without those of them that `which` names; the others close up. */
export function withoutUnused(
  experiment: Experiment,
  which: (other: OtherTeacher) => boolean = () => true,
): Experiment {
  const { others = [] } = experiment;
  const leaving = unusedTeachers(experiment).filter((index) => which(others[index - 2]));
  if (leaving.length === 0) return experiment;
  const closedUp = (arm: Arm): Arm => {
    if (arm.taughtBy?.kind !== 'member') return arm;
    const { index } = arm.taughtBy;
    const before = leaving.filter((gone) => gone < index).length;
    return before === 0 ? arm : { ...arm, taughtBy: { kind: 'member', index: index - before } };
  };
  const staying = others.filter((_, i) => !leaving.includes(i + 2));
  return { ...withOthers(experiment, staying), arms: experiment.arms.map(closedUp) };
}

const isPupilOf = ({ taughtBy }: Arm, id: string) => taughtBy?.kind === 'arm' && taughtBy.id === id;

function withOthers({ others: _, ...alone }: Experiment, others: OtherTeacher[]): Experiment {
  return others.length > 0 ? { ...alone, others } : alone;
}

function taught(experiment: Experiment, { id }: Arm, source: Arm['taughtBy']): Experiment {
  const arms = experiment.arms.map((arm) => {
    if (arm.id !== id) return arm;
    const { taughtBy: _, ...alone } = arm;
    return source ? { ...alone, taughtBy: source } : alone;
  });
  return { ...experiment, arms };
}

/** An arm under a source of another shape: layers are spread anew where their number differs, lists that don't fit are as at first. */
function underSource(arm: Arm, before: TeacherShape, after: TeacherShape): Arm {
  const atFirst = (list: ListId, source: TeacherShape) => String(listOf(list).initial(pairOf(arm, source)));
  const fitting = (Object.keys(arm.lists) as ListId[]).filter(
    (list) => atFirst(list, before) === atFirst(list, after),
  );
  return {
    ...arm,
    lists: Object.fromEntries(fitting.map((list) => [list, arm.lists[list]])),
    mapping: before.layers === after.layers ? arm.mapping : everyOtherBlock(after.layers, arm.student.layers),
  };
}

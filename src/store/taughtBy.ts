/** Whom an arm may learn from, as a list to choose from, and the experiment in which it does. */
import { bounds } from '../config/bounds';
import type { Arm, Experiment, OtherTeacher, TeacherSource } from '../config/experiment';
import { everyOtherBlock } from '../config/mapping';
import { sourceShape } from '../config/sources';
import { bundledTeacherIds } from '../config/teacherIds';
import { bundledTeachers, type TeacherShape } from '../config/teachers';
import { changeArm } from './edits';

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
    ? bundledTeacherIds
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
 * The arm learns from this source, which joins the experiment where it is new; undefined: from the teacher. Layers that the
 * source does not have are no longer compared with.
 */
export function withSource(
  experiment: Experiment,
  teacher: TeacherShape,
  arm: Arm,
  source: Source | undefined,
): Experiment {
  const { others = [] } = experiment;
  const all: OtherTeacher[] = isTeacher(source) ? [...others, source] : others;
  const taughtBy = isTeacher(source) ? { kind: 'member' as const, index: all.length + 1 } : source;
  const changed = { ...experiment, ...(all.length > 0 && { others: all }) };
  const { layers } = sourceShape(changed, teacher, { ...arm, taughtBy });
  const fits = arm.mapping.every((layer) => layer <= layers);
  const mapping = fits ? arm.mapping : everyOtherBlock(layers, arm.student.layers);
  return changeArm(changed, arm.id, { taughtBy, mapping });
}

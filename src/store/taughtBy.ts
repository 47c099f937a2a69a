/** Whom an arm may learn from, as a list to choose from, and the experiment in which it does. */
import { bounds } from '../config/bounds';
import type { Arm, Experiment, OtherTeacher } from '../config/experiment';
import { everyOtherBlock } from '../config/mapping';
import { sourceShape } from '../config/sources';
import type { TeacherShape } from '../config/teachers';
import { changeArm } from './edits';

/** `random`: a teacher with random weights, which the experiment does not have yet. */
export type Source = NonNullable<Arm['taughtBy']> | { kind: 'random' };

/** Every choice but the teacher itself, by a key of its own. */
export function sourcesFor({ others = [], arms }: Experiment, arm: Arm): Map<string, Source> {
  const sources = new Map<string, Source>();
  others.forEach((_, i) => {
    sources.set(`member ${i + 2}`, { kind: 'member', index: i + 2 });
  });
  if (others.length > 0) {
    for (const mean of ['probabilities', 'logits'] as const) sources.set(mean, { kind: 'ensemble', mean });
  }
  for (const { id } of arms) if (id !== arm.id) sources.set(`arm ${id}`, { kind: 'arm', id });
  const isThere = others.some(({ kind }) => kind === 'random');
  if (!isThere && 1 + others.length < bounds.teachers.max) sources.set('random', { kind: 'random' });
  return sources;
}

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
  const all: OtherTeacher[] = source?.kind === 'random' ? [...others, { kind: 'random' }] : others;
  const taughtBy = source?.kind === 'random' ? { kind: 'member' as const, index: all.length + 1 } : source;
  const changed = { ...experiment, ...(all.length > 0 && { others: all }) };
  const { layers } = sourceShape(changed, teacher, { ...arm, taughtBy });
  const fits = arm.mapping.every((layer) => layer <= layers);
  const mapping = fits ? arm.mapping : everyOtherBlock(layers, arm.student.layers);
  return changeArm(changed, arm.id, { taughtBy, mapping });
}

/** Which lines of the experiment a draft changes. */
import type { Arm, Experiment } from '../../../config/experiment';
import { differingPaths } from '../../../config/paths';
import { liveBound } from '../../../methods/registry';

export const rowNames = ['text', 'teacher', 'arms', 'student', 'objective', 'mapping', 'training'] as const;
export type RowName = (typeof rowNames)[number];

const differs = (before: object, after: object) =>
  differingPaths({ ...before } as Record<string, never>, { ...after } as Record<string, never>).length > 0;

/** The lines of one arm that are not as they were; none for an arm that is new, since it had no lines before. */
function changedRowsOf(before: Arm | undefined, after: Arm): RowName[] {
  if (!before) return [];
  const rows: RowName[] = [];
  if (differs(before.student, after.student) || differs(before.initialisation, after.initialisation)) {
    rows.push('student');
  }
  if (differs(ownOf(before), ownOf(after))) rows.push('objective');
  if (before.mapping.join() !== after.mapping.join()) rows.push('mapping');
  return rows;
}

/** What an arm says of its objective beside the numbers that act at once. */
const ownOf = ({
  weights,
  softTargets,
  positions,
  dials,
  choices,
  lists,
  teacherTemperature,
  taughtBy,
}: Arm) => ({
  // Those of losses that the run has are the same in both: only what the draft brings differs.
  weights,
  softTargets,
  positions,
  dials: Object.fromEntries(Object.entries(dials).filter(([id]) => liveBound(id) === null)),
  choices,
  lists,
  apart: teacherTemperature !== undefined,
  taughtBy: taughtBy ?? {},
});

const teachersOf = ({ teacher, others = [] }: Experiment) => ({ teacher, others });

/** The lines that a draft changes, in their order; `armId`: those of one arm, and those that are about all. */
export function changedRows(present: Experiment, draft: Experiment, armId?: string): RowName[] {
  const ids = ({ arms }: Experiment) => arms.map(({ id }) => id).join();
  const changed = new Set<RowName>(
    draft.arms
      .filter(({ id }) => armId === undefined || id === armId)
      .flatMap((arm) =>
        changedRowsOf(
          present.arms.find(({ id }) => id === arm.id),
          arm,
        ),
      ),
  );
  if (differs(present.text, draft.text)) changed.add('text');
  if (differs(teachersOf(present), teachersOf(draft))) changed.add('teacher');
  if (differs(present.training, draft.training)) changed.add('training');
  if (ids(present) !== ids(draft)) changed.add('arms');
  return rowNames.filter((row) => changed.has(row));
}

/** Which lines of the experiment a draft changes. */
import type { Arm, Experiment } from '../../../config/experiment';
import { differingPaths } from '../../../config/paths';
import { stageCount } from '../../../config/stages';
import { liveBound } from '../../../methods/registry';
import { liveStage, type PendingChange, stageInRun } from '../../../store/draft';
import { stageOf } from '../../../store/stage';

export const rowNames = ['text', 'teacher', 'arms', 'student', 'objective', 'mapping', 'training'] as const;
export type RowName = (typeof rowNames)[number];

/** The lines that all stages share. */
const sharedRows: readonly RowName[] = ['teacher', 'arms', 'student'];
export const isShared = (row: RowName) => sharedRows.includes(row);

const differs = (before: object, after: object) =>
  differingPaths({ ...before } as Record<string, never>, { ...after } as Record<string, never>).length > 0;

/** The lines of one arm that are not as they were; none for an arm that is new, since it had no lines before. */
function changedRowsOf(before: Arm | undefined, after: Arm, withNumbers: boolean): RowName[] {
  if (!before) return [];
  const rows: RowName[] = [];
  if (differs(before.student, after.student) || differs(before.initialisation, after.initialisation)) {
    rows.push('student');
  }
  const own = withNumbers ? planOf : ownOf;
  if (differs(own(before), own(after))) rows.push('objective');
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

/** All that it says of its objective. */
const planOf = ({ id: _id, student: _student, initialisation: _start, mapping: _mapping, ...plan }: Arm) =>
  plan;

const teachersOf = ({ teacher, others = [] }: Experiment) => ({ teacher, others });

/** What a stage is trained on, and what makes a task of it. */
const textOf = ({ text, tuning, augmentation }: Experiment) => ({
  text,
  tuning: tuning ?? {},
  augmentation: augmentation ?? {},
});

/**
 * The lines that a draft changes, in their order; `armId`: those of one arm, and those that are about all. `withNumbers`: those too in
 * which only numbers differ that act at once, as long as their stage is not over.
 */
export function changedRows(
  present: Experiment,
  draft: Experiment,
  armId?: string,
  withNumbers = false,
): RowName[] {
  const ids = ({ arms }: Experiment) => arms.map(({ id }) => id).join();
  const changed = new Set<RowName>(
    draft.arms
      .filter(({ id }) => armId === undefined || id === armId)
      .flatMap((arm) =>
        changedRowsOf(
          present.arms.find(({ id }) => id === arm.id),
          arm,
          withNumbers,
        ),
      ),
  );
  if (differs(textOf(present), textOf(draft))) changed.add('text');
  if (differs(teachersOf(present), teachersOf(draft))) changed.add('teacher');
  if (differs(present.training, draft.training)) changed.add('training');
  if (ids(present) !== ids(draft)) changed.add('arms');
  return rowNames.filter((row) => changed.has(row));
}

export interface ChangedPart {
  row: RowName | 'stages';
  /** Counted from 0; null where it is about all stages, or where there is one. */
  stage: number | null;
}

/** What a draft changes in all: the order of its stages, then lines that they share, then those of each. `running`: the stage that runs. */
export function changedParts(
  present: Experiment,
  draft: Experiment,
  changes: PendingChange | null,
  running: number,
): ChangedPart[] {
  const stages = Array.from({ length: stageCount(draft) }, (_, stage) => stage);
  const several = stages.length > 1;
  const own = stages.map((stage) => {
    const inRun = stageInRun(changes, stage);
    if (inRun === null) return [];
    const isOver = liveStage(changes, { status: { stage: running } }, stage) === null;
    return changedRows(stageOf(present, inRun), stageOf(draft, stage), undefined, isOver);
  });
  const isRearranged =
    stages.length !== stageCount(present) || stages.some((stage) => stageInRun(changes, stage) !== stage);
  return [
    ...(isRearranged ? [{ row: 'stages' as const, stage: null }] : []),
    ...rowNames
      .filter((row) => (!several || isShared(row)) && own.some((rows) => rows.includes(row)))
      .map((row) => ({ row, stage: null })),
    ...stages.flatMap((stage) =>
      own[stage].filter((row) => several && !isShared(row)).map((row) => ({ row, stage })),
    ),
  ];
}

import type { TFunction } from 'i18next';
import { stepsOf } from '../../../config/stages';
import { textName } from '../../../i18n/textName';
import { seedOf, type TaskTable, taskOf } from '../../../store/taskTable';
import type { Cells } from '../../figures/csv';
import { armNames, recipeName, teacherName } from './names';

const columns = [
  'recipe',
  'model',
  'task',
  'seed',
  'metric',
  'value',
  'kept',
  'parameters',
  'steps',
  'rows',
  'date',
] as const;

/** The table as lines: the teacher of a run first, then its students. Figures as they are, not in per cent. */
export function linesOf({ groups }: TaskTable, t: TFunction): Cells {
  const lines = groups.flatMap(({ experiment: recipe, moved, results }) =>
    results.flatMap(({ experiment, metric, rows, teacher, arms, savedAt }) => {
      const names = armNames(experiment, t);
      const models = [
        ...(teacher ? [{ name: teacherName(experiment, t), ...teacher }] : []),
        ...experiment.arms.flatMap(({ id }) => (arms[id] ? [{ name: names.get(id)!, ...arms[id] }] : [])),
      ];
      return models.map(({ name, value, parameters }) => [
        recipeName(recipe, moved, t),
        name,
        textName(taskOf(experiment), t),
        seedOf(experiment),
        metric,
        value,
        teacher && teacher.value > 0 ? (100 * value) / teacher.value : null,
        parameters,
        stepsOf(experiment),
        rows,
        new Date(savedAt).toISOString(),
      ]);
    }),
  );
  return [columns.map((column) => t(`taskTable.file.${column}`)), ...lines];
}

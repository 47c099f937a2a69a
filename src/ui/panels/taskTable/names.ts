/** What recipes, their students and teachers are called. */
import type { TFunction } from 'i18next';
import { armNameParts } from '../../../config/armNames';
import type { Experiment } from '../../../config/experiment';
import { presetState } from '../../../config/presetChanges';
import { presets } from '../../../config/presets';
import { stagesOf } from '../../../config/stages';
import { isTask } from '../../../config/tasks';
import { nearestPreset } from '../../../config/urlWriting';
import { armName } from '../../../i18n/armName';
import { asCell, seedOf, taskOf } from '../../../store/taskTable';

/** The preset that it is of, whatever its task and its seed. */
export function recipeName(experiment: Experiment, moved: boolean, t: TFunction): string {
  const preset = nearestPreset(experiment);
  const base: Experiment = presets[preset];
  const alike = isTask(stagesOf(base).at(-1)!.text)
    ? asCell(experiment, taskOf(base), seedOf(base))
    : experiment;
  const own = t(`shell.preset.${preset}.name`);
  const names = {
    same: own,
    changed: t('shell.preset.changed', { name: own }),
    own: t('shell.preset.own'),
  };
  const name = names[presetState(alike, preset)];
  return moved ? t('taskTable.moved', { name }) : name;
}

/** By arm id. */
export const armNames = ({ arms, others }: Experiment, t: TFunction): Map<string, string> => {
  const names = armNameParts(arms, others).map((parts) => armName(parts, t));
  return new Map(arms.map(({ id }, i) => [id, names[i]]));
};

export function teacherName({ teacher }: Experiment, t: TFunction): string {
  if (teacher.kind === 'none') return t('taskTable.teacher.none');
  if (teacher.kind === 'saved') {
    return teacher.name ? t('taskTable.teacher.named', { name: teacher.name }) : t('taskTable.teacher.saved');
  }
  return t('taskTable.teacher.named', { name: t(`experiment.teacher.bundled.${teacher.id}`) });
}

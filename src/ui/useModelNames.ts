import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { armNameParts } from '../config/armNames';
import type { Arm } from '../config/experiment';
import { armName } from '../i18n/armName';
import { usePlayground } from '../store/usePlayground';
import { armStyle, type ModelStyle, teacherStyle } from './modelStyle';

/** A model on the page: the teacher, or an arm's student. */
export interface NamedModel {
  /** `teacher`, or the arm's id. */
  id: string;
  name: string;
  style: ModelStyle;
}

/** The names of arms, in their order: what sets each of them apart. */
export function useArmNames(arms: readonly Arm[]): string[] {
  const { t } = useTranslation();
  return useMemo(() => armNameParts([...arms]).map((parts) => armName(parts, t)), [arms, t]);
}

/** Every model of the experiment, the teacher first where there is one, then the arms in their order. */
export function useModels(): NamedModel[] {
  const { t } = useTranslation();
  const arms = usePlayground((state) => state.experiment.arms);
  const hasTeacher = usePlayground((state) => state.experiment.teacher.kind !== 'none');
  const names = useArmNames(arms);
  return useMemo(
    () => [
      ...(hasTeacher ? [{ id: 'teacher', name: t('common.teacher'), style: teacherStyle }] : []),
      ...arms.map(({ id }, index) => ({ id, name: names[index], style: armStyle(index) })),
    ],
    [arms, hasTeacher, names, t],
  );
}

import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { armNameParts } from '../config/armNames';
import type { Experiment, OtherTeacher } from '../config/experiment';
import { teacherModel } from '../config/modelIds';
import { otherTeacherId } from '../config/savable';
import { armName } from '../i18n/armName';
import { usePlayground } from '../store/usePlayground';
import { armStyle, type ModelStyle, teacherStyle } from './modelStyle';

/** A model on the page: the teacher, or an arm's student. */
export interface NamedModel {
  /** `teacher`, or the arm's id. */
  id: string;
  name: string;
  style: ModelStyle;
  /** Of a fork: the step up to which it is another model. */
  from?: number;
}

/** What a model is called; its id where the experiment has no such model any more. */
export const nameIn = (models: readonly Pick<NamedModel, 'id' | 'name'>[], id: string): string =>
  models.find((model) => model.id === id)?.name ?? id;

/** The name of a teacher beside the first. */
export const otherTeacherName = (other: OtherTeacher, t: TFunction): string =>
  other.kind === 'bundled' ? t(`experiment.teacher.bundled.${other.id}`) : t('experiment.source.random');

/** The names of arms, in their order: what sets each of them apart. */
export function useArmNames({ arms, others }: Pick<Experiment, 'arms' | 'others'>): string[] {
  const { t } = useTranslation();
  return useMemo(() => armNameParts(arms, others).map((parts) => armName(parts, t)), [arms, others, t]);
}

/** Teachers beside the first, as they are counted: they teach, and are measured, but are in no chart. */
export function useOtherTeachers(): NamedModel[] {
  const { t } = useTranslation();
  const others = usePlayground((state) => state.experiment.others);
  return useMemo(
    () =>
      (others ?? []).map((other, i) => ({
        id: otherTeacherId(i),
        name: t('scoreboard.other', { number: i + 2, name: otherTeacherName(other, t) }),
        style: teacherStyle,
      })),
    [others, t],
  );
}

/** Every model of the experiment, the teacher first where there is one, then the arms in their order. */
export function useModels(): NamedModel[] {
  const { t } = useTranslation();
  const arms = usePlayground((state) => state.experiment.arms);
  const others = usePlayground((state) => state.experiment.others);
  const hasTeacher = usePlayground((state) => state.experiment.teacher.kind !== 'none');
  const names = useArmNames({ arms, others });
  return useMemo(
    () => [
      ...(hasTeacher ? [{ id: teacherModel, name: t('common.teacher'), style: teacherStyle }] : []),
      ...arms.map(({ id, fork }, index) => ({
        id,
        name: names[index],
        style: armStyle(index),
        ...(fork && { from: fork.step }),
      })),
    ],
    [arms, hasTeacher, names, t],
  );
}

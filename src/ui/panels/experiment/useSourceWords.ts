import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import type { Source } from '../../../store/taughtBy';
import { otherTeacherName, useArmNames } from '../../useModelNames';

/** What whoever teaches is called; undefined: the teacher itself. */
export function useSourceWords({ arms, others = [] }: Experiment) {
  const { t } = useTranslation();
  const names = useArmNames({ arms, others });
  return (source: Source | undefined): string => {
    switch (source?.kind) {
      case undefined:
        return t('experiment.source.teacher');
      case 'member':
        return otherTeacherName(others[source.index - 2], t);
      case 'ensemble':
        return t(`experiment.source.${source.mean}`);
      case 'arm':
        return t('experiment.source.arm', { name: names[arms.findIndex(({ id }) => id === source.id)] });
      case 'bundled':
      case 'random':
        return otherTeacherName(source, t);
    }
  };
}

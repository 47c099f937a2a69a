import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import type { Source } from '../../../store/taughtBy';
import { useArmNames } from '../../useModelNames';

/** What whoever teaches is called; undefined: the teacher itself. */
export function useSourceWords({ arms, others = [] }: Experiment) {
  const { t } = useTranslation();
  const names = useArmNames(arms);
  return (source: Source | undefined): string => {
    switch (source?.kind) {
      case undefined:
        return t('experiment.source.teacher');
      case 'member': {
        const other = others[source.index - 2];
        if (other?.kind !== 'bundled') return t('experiment.source.random');
        return t(`experiment.teacher.bundled.${other.id}`);
      }
      case 'ensemble':
        return t(`experiment.source.${source.mean}`);
      case 'arm':
        return t('experiment.source.arm', { name: names[arms.findIndex(({ id }) => id === source.id)] });
      case 'random':
        return t('experiment.source.random');
    }
  };
}

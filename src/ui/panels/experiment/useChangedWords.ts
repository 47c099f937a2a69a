import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import type { PendingChange } from '../../../store/draft';
import { usePlayground } from '../../../store/usePlayground';
import { changedParts } from './changedRows';

/** What a draft changes, in words: "Text", or "Text of stage 2" where there are several. */
export function useChangedWords(changes: PendingChange | null, whole: Experiment): string[] {
  const { t } = useTranslation();
  const present = usePlayground((state) => state.experiment);
  const running = usePlayground((state) => state.status.stage ?? 0);
  return changedParts(present, whole, changes, running).map(({ row, stage }) => {
    const name = t(`experiment.rows.${row}`);
    return stage === null ? name : t('experiment.stages.row', { row: name, number: stage + 1 });
  });
}

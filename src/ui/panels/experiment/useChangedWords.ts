import { useTranslation } from 'react-i18next';
import { stagesAlike } from '../../../config/compare';
import type { Experiment } from '../../../config/experiment';
import { stepsBefore } from '../../../config/stages';
import type { PendingChange } from '../../../store/draft';
import { usePlayground } from '../../../store/usePlayground';
import { changedParts } from './changedRows';

/**
 * What a draft changes, in words: "Text", or "Text of stage 2" where there are several; and the step from which a run with it
 * begins: a stage that has begun, if those before it stay as they are.
 */
export function useChangedWords(changes: PendingChange | null, whole: Experiment) {
  const { t } = useTranslation();
  const present = usePlayground((state) => state.experiment);
  const running = usePlayground((state) => state.status.stage ?? 0);
  const from = stepsBefore(whole, Math.min(running, stagesAlike(present, whole)));
  const parts = changedParts(present, whole, changes, running).map(({ row, stage }) => {
    const name = t(`experiment.rows.${row}`);
    return stage === null ? name : t('experiment.stages.row', { row: name, number: stage + 1 });
  });
  return { parts, from };
}

import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import type { NamedModel } from '../useModelNames';
import dialogs from './dialogs.module.css';
import { CalibrationView } from './scores/CalibrationView';
import { Asking } from './task/Asking';
import { useAnswer } from './task/useAnswer';

interface Props {
  models: readonly NamedModel[];
  onClose: () => void;
}

/** "Can one believe its probabilities?": asks all models when it is opened. */
export function CalibrationDialog({ models, onClose }: Props) {
  const { t } = useTranslation();
  const { calibrate, stopGuessing } = usePlayground((state) => state.actions);
  const { answer, problem, again } = useAnswer(calibrate, stopGuessing);
  return (
    <PageDialog title={t('scores.calibration.title')} size="72rem" ofNow onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <div className={dialogs.stack}>
          <p className={dialogs.lede}>{t('scores.calibration.lede')}</p>
          {answer ? (
            <CalibrationView found={answer} models={models} />
          ) : (
            <Asking label={t('scores.calibration.asking')} problem={problem} onAgain={again} />
          )}
        </div>
      </PanelBoundary>
    </PageDialog>
  );
}

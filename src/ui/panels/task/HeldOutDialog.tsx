import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import { PageDialog } from '../../controls/PageDialog';
import { PanelBoundary } from '../../controls/PanelBoundary';
import type { NamedModel } from '../../useModelNames';
import type { Task } from '../../useTask';
import dialogs from '../dialogs.module.css';
import { Asking } from './Asking';
import { HeldOutView } from './HeldOutView';
import { useAnswer } from './useAnswer';

interface Props {
  task: Task;
  models: readonly NamedModel[];
  onClose: () => void;
}

/** The held-out rows of a task: what is taken for what, and where models disagree. Asks all models when it is opened. */
export function HeldOutDialog({ task, models, onClose }: Props) {
  const { t } = useTranslation();
  const { guessHeldOut, stopGuessing } = usePlayground((state) => state.actions);
  const { answer, problem, again } = useAnswer(guessHeldOut, stopGuessing);
  return (
    <PageDialog title={t('taskViews.heldOut.title')} size="xl" onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <div className={dialogs.stack}>
          <p className={dialogs.lede}>{t('taskViews.heldOut.lede', { question: task.question })}</p>
          {answer ? (
            <HeldOutView guesses={answer} labels={task.labels} models={models} />
          ) : (
            <Asking label={t('taskViews.heldOut.asking')} problem={problem} onAgain={again} />
          )}
        </div>
      </PanelBoundary>
    </PageDialog>
  );
}

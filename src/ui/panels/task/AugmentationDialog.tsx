import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import { PageDialog } from '../../controls/PageDialog';
import { PanelBoundary } from '../../controls/PanelBoundary';
import { formatCount } from '../../format';
import { useTask } from '../../useTask';
import dialogs from '../dialogs.module.css';
import { Asking } from './Asking';
import { KeptShares } from './KeptShares';
import styles from './task.module.css';
import { useAnswer } from './useAnswer';
import { VariedRows } from './VariedRows';

/** What augmentation made of a task's training rows, and how often the task's teacher still says their label. */
export function AugmentationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const task = useTask();
  const variants = usePlayground((state) => state.opened?.text.task?.variants ?? 0);
  const { judgeVariants, stopGuessing } = usePlayground((state) => state.actions);
  const { answer, problem, again } = useAnswer(judgeVariants, stopGuessing);
  const teacher = usePlayground((state) => state.opened?.teacher !== null);
  if (!task) return null;
  return (
    <PageDialog title={t('taskViews.variants.title')} size="xl" onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <div className={dialogs.stack}>
          <p className={dialogs.lede}>{t('taskViews.variants.lede')}</p>
          <section className={styles.group}>
            <h3>{t('taskViews.variants.kept')}</h3>
            {!teacher ? (
              <p className={dialogs.lede}>{t('taskViews.variants.nobody', { count: variants })}</p>
            ) : answer ? (
              <KeptShares kept={answer} labels={task.labels} />
            ) : (
              <Asking
                label={t('taskViews.variants.asking', { variants: formatCount(variants) })}
                problem={problem}
                onAgain={again}
              />
            )}
          </section>
          <VariedRows task={task} />
        </div>
      </PanelBoundary>
    </PageDialog>
  );
}

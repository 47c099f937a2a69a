import { useTranslation } from 'react-i18next';
import { PageDialog } from '../controls/PageDialog';
import classes from './dialogs.module.css';
import { LearnedAtT } from './sweep/LearnedAtT';

/** What was learned at each T, beside what the slider shows. */
export function LearnedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <PageDialog title={t('overSeeds.learned.title')} size="72rem" onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.lede}>{t('overSeeds.learned.lede')}</p>
        <LearnedAtT />
      </div>
    </PageDialog>
  );
}

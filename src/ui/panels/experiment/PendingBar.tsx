import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '../../useProblemWords';
import classes from './experiment.module.css';
import type { Draft } from './useDraft';

/** What the draft would do, what keeps it from being applied, and the two ways out of it. */
export function PendingBar({ draft, onApplied }: { draft: Draft; onApplied?: () => void }) {
  const { t } = useTranslation();
  const { problems, experiment, apply, discard } = draft;
  const words = useProblemWords(experiment.arms);
  const applyAll = () => {
    apply();
    onApplied?.();
  };
  return (
    <section
      className={classes.pending}
      data-pending-bar
      aria-live="polite"
      aria-label={t('experiment.apply')}
    >
      {problems.length === 0 ? (
        <p>{t('experiment.pendingRestart')}</p>
      ) : (
        problems.map((problem) => {
          const { title, text } = words(problem);
          return (
            <div key={`${problem.code}${problem.values?.arm}`} className={classes.problem}>
              <strong>{title}</strong>
              <p>{text}</p>
            </div>
          );
        })
      )}
      <div className={classes.buttons}>
        <Button size="xs" disabled={problems.length > 0} onClick={applyAll}>
          {t('experiment.apply')}
        </Button>
        <Button variant="default" size="xs" onClick={discard}>
          {t('experiment.discard')}
        </Button>
      </div>
    </section>
  );
}

import { Button } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import { Typeset } from '../../controls/Typeset';
import { useProblemWords } from '../../useProblemWords';
import { changedRows } from './changedRows';
import classes from './experiment.module.css';
import type { Draft } from './useDraft';

/** What the draft changes, what keeps it from being applied, and the two ways out of it. */
export function PendingBar({ draft, onApplied }: { draft: Draft; onApplied?: () => void }) {
  const { t } = useTranslation();
  const present = usePlayground((state) => state.experiment);
  const { problems, experiment, apply, discard } = draft;
  const words = useProblemWords(experiment.arms);
  const parts = changedRows(present, experiment).map((row) => t(`experiment.rows.${row}`));
  const applyAll = () => {
    apply();
    onApplied?.();
  };
  return (
    <section
      className={classes.pending}
      data-pending-bar
      aria-live="polite"
      aria-label={t('experiment.pendingTitle')}
    >
      <p>
        <Trans
          i18nKey={problems.length === 0 ? 'experiment.pending' : 'experiment.pendingBlocked'}
          values={{ parts }}
          components={{ b: <b /> }}
        />
      </p>
      {problems.map((problem) => {
        const { title, text } = words(problem);
        return (
          <div key={`${problem.code}${problem.values?.arm}`} className={classes.problem}>
            <strong>
              <Typeset>{title}</Typeset>
            </strong>
            <p>
              <Typeset>{text}</Typeset>
            </p>
          </div>
        );
      })}
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

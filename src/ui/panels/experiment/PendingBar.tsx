import { Button } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { Typeset } from '../../controls/Typeset';
import { useProblemWords } from '../../useProblemWords';
import classes from './experiment.module.css';
import { placedProblems } from './stageProblems';
import { useChangedWords } from './useChangedWords';
import type { Draft } from './useDraft';

interface PendingBarProps {
  draft: Draft;
  onApplied?: () => void;
  /** Where it stands, in place of a slip at the edge of the page. */
  inPlace?: boolean;
}

/** What the draft changes, what keeps it from being applied, and the two ways out of it. */
export function PendingBar({ draft, onApplied, inPlace }: PendingBarProps) {
  const { t } = useTranslation();
  const { problems, whole, changes, teacher, apply, discard } = draft;
  const words = useProblemWords(whole);
  const { parts, from } = useChangedWords(changes, whole);
  const applyAll = () => {
    apply();
    onApplied?.();
  };
  return (
    <section
      className={classes.pending}
      data-pending-bar
      data-in-place={inPlace}
      aria-live="polite"
      aria-label={t('experiment.pendingTitle')}
    >
      <p>
        <Trans
          i18nKey={problems.length === 0 ? 'experiment.pending' : 'experiment.pendingBlocked'}
          values={{ parts, step: from }}
          components={{ b: <b /> }}
        />
      </p>
      {placedProblems(whole, teacher, problems).map(({ problem, stages }) => {
        const { title, text } = words(problem);
        return (
          <div key={JSON.stringify(problem)} className={classes.problem}>
            <strong>
              <Typeset>
                {stages
                  ? t('experiment.stages.problem', {
                      count: stages.length,
                      numbers: stages.map((stage) => String(stage + 1)),
                      title,
                    })
                  : title}
              </Typeset>
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

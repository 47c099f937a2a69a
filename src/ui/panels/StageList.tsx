import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { formatCount } from '../format';
import type { StageSpan } from '../useStages';
import classes from './StageList.module.css';

interface Props {
  stages: readonly StageSpan[];
  onDone: () => void;
}

/** The stages of the run, and the way back to the end of each that is over: it says first what will be lost. */
export function StageList({ stages, onDone }: Props) {
  const { t } = useTranslation();
  const { goBackTo } = usePlayground((state) => state.actions);
  const present = usePlayground(({ status }) => status.stage ?? 0);
  const step = usePlayground(({ status }) => status.step);
  // The stage, counted from 0, whose end is asked for.
  const [asked, ask] = useState<number | null>(null);
  const goBack = (stage: number) => {
    goBackTo(stage + 1);
    onDone();
  };
  const stateOf = (stage: number) => {
    if (step >= stages[stage].end) return 'done';
    return stage === present ? 'runs' : 'comes';
  };
  return (
    <ol className={classes.stages}>
      {stages.map(({ name, start, end }, stage) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place alone
          key={stage}
          aria-current={stage === present ? 'step' : undefined}
        >
          <span className={classes.name}>
            {stage + 1} {name}
          </span>
          <span className={classes.span}>
            {t('stages.span', { from: formatCount(start + 1), to: formatCount(end) })} ·{' '}
            {t(`stages.${stateOf(stage)}`)}
          </span>
          {end < step && asked !== stage && (
            <Button
              className={classes.back}
              variant="default"
              size="compact-xs"
              aria-label={t('stages.backTo', { number: stage + 1, name })}
              onClick={() => ask(stage)}
            >
              {t('stages.back')}
            </Button>
          )}
          {asked === stage && end < step && (
            <div className={classes.question} role="alert">
              <p>
                {t('stages.lost', {
                  count: step - end,
                  end: formatCount(end),
                  from: formatCount(end + 1),
                  to: formatCount(step),
                })}
              </p>
              <Button size="compact-xs" data-autofocus onClick={() => goBack(stage)}>
                {t('stages.goBack')}
              </Button>
              <Button variant="default" size="compact-xs" onClick={() => ask(null)}>
                {t('stages.stay')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

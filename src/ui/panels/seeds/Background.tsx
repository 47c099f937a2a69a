import { Button, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { stepsOf } from '../../../config/stages';
import { seedOfRun } from '../../../store/seedRun';
import { goOnWithSeeds, removeSeedRuns, setBeside } from '../../../store/seeds';
import { useSeedsState } from '../../../store/seedsState';
import { ProblemBox } from '../files/ProblemBox';
import styles from './seeds.module.css';

/** How far the training in the background is, and what can be done about it. Nothing where nothing waits. */
export function Background({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const { runs, now, resting, beside, elsewhere, problem } = useSeedsState();
  const waiting = runs.filter(({ state }) => state === 'waiting');
  const run = now && runs.find(({ id }) => id === now.id);
  const others = waiting.filter(({ id }) => id !== now?.id).length;
  const own = waiting.filter(({ id }) => ids.includes(id));
  const said =
    run && now
      ? now.opening === null
        ? t('overSeeds.now.step', { seed: seedOfRun(run), step: now.step, steps: stepsOf(run.experiment) })
        : t('overSeeds.now.opening', { seed: seedOfRun(run) })
      : null;
  return (
    <>
      <ProblemBox problem={problem} />
      {problem && (
        <div>
          <Button onClick={() => void goOnWithSeeds()}>{t('overSeeds.now.goOn')}</Button>
        </div>
      )}
      {waiting.length > 0 && (
        <div className={styles.now}>
          <div>
            <p>
              {said && <strong>{said}</strong>}
              {said && others > 0 && ' · '}
              {others > 0 && t('overSeeds.now.waits', { count: others })}
            </p>
            {run && now && (
              <progress
                value={now.opening === null ? now.step : 0}
                max={stepsOf(run.experiment)}
                aria-label={said ?? undefined}
              />
            )}
            {resting && <p className={styles.soft}>{t('overSeeds.now.resting')}</p>}
            {elsewhere && <p className={styles.soft}>{t('overSeeds.now.elsewhere')}</p>}
          </div>
          {own.length > 0 && (
            <Button
              variant="default"
              title={t('overSeeds.now.stopHint')}
              onClick={() => void removeSeedRuns(own.map(({ id }) => id))}
            >
              {t('overSeeds.now.stop')}
            </Button>
          )}
        </div>
      )}
      <Switch
        checked={beside}
        onChange={({ currentTarget }) => void setBeside(currentTarget.checked)}
        label={t('overSeeds.now.beside')}
        description={t('overSeeds.now.besideMeaning')}
      />
    </>
  );
}

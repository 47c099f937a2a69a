import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import { stepsOf } from '../../../config/stages';
import { useEstimate } from '../../../store/pace';
import { usePlayground } from '../../../store/usePlayground';
import { formatDuration } from '../../format';
import styles from './seeds.module.css';

/** Beside the run on screen it takes a tenth of the time, `besideShare` of the protocol. */
const slower = 10;
const hour = 3600;

/** About how long so many runs take here, and where that is long what would not. */
export function Takes({ experiment, runs }: { experiment: Experiment; runs: number }) {
  const { t } = useTranslation();
  const shape = usePlayground((state) => state.opened?.words ?? null);
  const seconds = useEstimate(experiment, shape);
  if (seconds === null || runs === 0) return null;
  const all = runs * seconds;
  const fits = Math.floor(hour / seconds);
  return (
    <p className={styles.soft}>
      {t('overSeeds.time.takesBeside', { time: formatDuration(all), slow: formatDuration(slower * all) })}
      {all > hour && (
        <strong className={styles.caution}>
          {' '}
          {fits > 0
            ? t('overSeeds.time.long', { fits })
            : t('overSeeds.time.longOne', {
                time: formatDuration(seconds),
                steps: Math.max(1, Math.floor((stepsOf(experiment) * hour) / seconds)),
              })}
        </strong>
      )}
    </p>
  );
}

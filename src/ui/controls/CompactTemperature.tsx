import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { formatList, formatShort, formatTemperature } from '../format';
import { usePageFrame } from '../usePageFrame';
import { useTemperature } from '../useTemperature';
import classes from './CompactTemperature.module.css';
import { TemperatureTrack } from './TemperatureTrack';
import { Term } from './Term';

/** T in the bar that sticks to the top, once the temperature bar is out of sight or gives way to a panel. */
export function CompactTemperature() {
  const inSight = usePageFrame((state) => state.temperatureInSight);
  const full = usePlayground((state) => state.view.fullPanel !== null);
  return full || !inSight ? <Compact full={full} /> : null;
}

function Compact({ full }: { full: boolean }) {
  const { t } = useTranslation();
  const { view, training } = useTemperature();
  const trained = training.map(({ temperature }) =>
    training.length > 1 ? formatShort(temperature) : formatTemperature(temperature),
  );
  return (
    <section
      className={classes.compact}
      data-in-flow={full || undefined}
      aria-label={t('shell.temperature.label')}
      aria-hidden={!full}
    >
      <div className={classes.values}>
        <span>
          {t('shell.temperature.view')} <Term symbol="T" /> = <b>{formatTemperature(view)}</b>
        </span>
        {training.length > 0 && (
          <span className={classes.train}>
            {t('shell.temperature.train')} <b>{formatList(trained, 'unit')}</b>
          </span>
        )}
      </div>
      <TemperatureTrack compact repeated={!full} />
    </section>
  );
}

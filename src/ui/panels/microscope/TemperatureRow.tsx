import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TemperatureTrack } from '../../controls/TemperatureTrack';
import { formatTemperature } from '../../format';
import { sentenceOf } from '../../temperatures';
import { useMoved } from '../../useMoved';
import { useTemperature } from '../../useTemperature';
import styles from './microscope.module.css';

/** The scale of T within a dialog, and which of the two was just changed: what one sees, or what is learned. */
export const TemperatureRow = memo(function TemperatureRow() {
  const { t } = useTranslation();
  const temperatures = useTemperature();
  const moved = useMoved(temperatures);
  const sentence = useId();
  const { view, first, training } = temperatures;
  return (
    <section className={styles.temperature} aria-label={t('shell.temperature.label')}>
      <p className={styles.view}>{t('microscope.view', { value: formatTemperature(view) })}</p>
      <TemperatureTrack describedBy={sentence} />
      <p id={sentence} className={styles.moved} data-moved={moved ?? undefined}>
        {moved && <strong>{t(`microscope.moved.${moved}`)} </strong>}
        {t(`shell.temperature.say.${sentenceOf(temperatures, moved)}`, {
          view: formatTemperature(view),
          train: formatTemperature(first),
          count: training[0]?.arms.length ?? 0,
        })}
      </p>
    </section>
  );
});

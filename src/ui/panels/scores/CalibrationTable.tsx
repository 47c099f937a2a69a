import { useTranslation } from 'react-i18next';
import type { Calibrations } from '../../../config/scores';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatFixed, formatPercent } from '../../format';
import type { NamedModel } from '../../useModelNames';
import styles from './scores.module.css';

interface Props {
  found: Calibrations;
  models: readonly NamedModel[];
}

/** Confidence, correctness and calibration error of every model, at T = 1 and at the best T after the fact. */
export function CalibrationTable({ found, models }: Props) {
  const { t } = useTranslation();
  const bins = Object.values(found.models)[0]?.asItIs.bins.length ?? 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className={styles.scroll} aria-label={t('scores.calibration.table')} tabIndex={0}>
      <table className={styles.table}>
        <caption>{t('scores.calibration.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('scores.calibration.model')}</th>
            <th scope="col">{t('scores.calibration.confidence')}</th>
            <th scope="col">{t('scores.calibration.accuracy')}</th>
            <th scope="col">
              <Meaning text={t('scores.calibration.errorMeaning', { bins })}>
                {t('scores.calibration.error')}
              </Meaning>
            </th>
            <th scope="col">
              <Meaning text={t('scores.calibration.byChanceMeaning')}>
                {t('scores.calibration.byChance')}
              </Meaning>
            </th>
            <th scope="col">{t('scores.calibration.T')}</th>
            <th scope="col">{t('scores.calibration.best')}</th>
            <th scope="col">{t('scores.calibration.loss')}</th>
            <th scope="col">{t('scores.calibration.lossBest')}</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ id, name, style }) => {
            const { asItIs, atBest, temperature } = found.models[id];
            return (
              <tr key={id}>
                <th scope="row">
                  <ModelMark name={name} style={style} />
                </th>
                <td>{formatPercent(asItIs.confidence)}</td>
                <td>{formatPercent(asItIs.accuracy)}</td>
                <td>
                  <b>{formatPercent(asItIs.error)}</b>
                </td>
                <td>{formatPercent(asItIs.byChance)}</td>
                <td>{formatFixed(temperature, 2)}</td>
                <td>
                  <b>{formatPercent(atBest.error)}</b>
                </td>
                <td>{formatFixed(asItIs.loss, 3)}</td>
                <td>{formatFixed(atBest.loss, 3)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

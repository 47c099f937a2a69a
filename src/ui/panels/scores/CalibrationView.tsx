import { useTranslation } from 'react-i18next';
import type { Calibrations } from '../../../config/scores';
import { ModelMark } from '../../controls/ModelMark';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatCount } from '../../format';
import type { NamedModel } from '../../useModelNames';
import dialogs from '../dialogs.module.css';
import { CalibrationTable } from './CalibrationTable';
import { believed, groupColumns, groupLines, isEnough } from './calibrationFigures';
import { Groups } from './Groups';
import { ReliabilityPlot } from './ReliabilityPlot';
import styles from './scores.module.css';
import { useCalibrationWords } from './useCalibrationWords';

interface Props {
  found: Calibrations;
  models: readonly NamedModel[];
}

/** A curve for each model with what it comes to, and the figures below. */
export function CalibrationView({ found, models }: Props) {
  const { t } = useTranslation();
  const sentence = useCalibrationWords();
  const known = models.filter(({ id }) => found.models[id]);
  const figures = {
    step: formatCount(found.step),
    fitted: formatCount(found.fitted),
    places: formatCount(found.places),
  };
  if (!isEnough(found.places)) return <p>{t('scores.calibration.few', figures)}</p>;
  return (
    <section className={dialogs.stack} data-figure>
      <div className={styles.head}>
        <ul className={styles.legend}>
          <li>
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <path d="M7 0v14" stroke="var(--ink)" />
              <circle cx="7" cy="7" r="4.5" fill="var(--ink)" />
            </svg>
            {t('scores.calibration.legend.asItIs')}
          </li>
          <li>
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <circle cx="7" cy="7" r="4" fill="none" stroke="var(--ink)" strokeWidth="1.8" />
            </svg>
            {t('scores.calibration.legend.atBest')}
          </li>
          <li>
            <svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
              <path d="M0 7h26" stroke="var(--soft)" strokeWidth="1.5" strokeDasharray="5 4" />
            </svg>
            {t('scores.calibration.legend.line')}
          </li>
        </ul>
        <SaveFigure
          title={t('scores.calibration.title')}
          step={found.step}
          numbers={() => [
            groupColumns.map((column) => t(`scores.calibration.file.${column}`)),
            ...known.flatMap(({ id, name }) => groupLines(name, found.models[id])),
          ]}
        />
      </div>
      <div className={styles.cards}>
        {known.map(({ id, name, style }) => {
          const calibration = found.models[id];
          return (
            <section key={id} className={styles.card}>
              <h3>
                <ModelMark name={name} style={style} />
              </h3>
              <ReliabilityPlot name={name} style={style} calibration={calibration} />
              <p>
                {sentence(calibration, believed(calibration))}
                {calibration.atEnd && ` ${t('scores.calibration.atEnd')}`}
              </p>
            </section>
          );
        })}
      </div>
      <p className={dialogs.lede}>{t('scores.calibration.after')}</p>
      <CalibrationTable found={found} models={known} />
      <p className={dialogs.lede}>
        {t('scores.calibration.source', figures)} {!found.whole && t('scores.calibration.sourcePart')}
      </p>
      <Groups found={found} models={known} />
    </section>
  );
}

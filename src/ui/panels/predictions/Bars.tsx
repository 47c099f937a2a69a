import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Meaning } from '../../controls/Meaning';
import { formatProbability, formatShort, formatTemperature } from '../../format';
import type { NamedModel } from '../../useModelNames';
import styles from './predictions.module.css';
import { barLength, type Reading } from './readProbe';

const linearTicks = {
  0.01: [0, 0.005, 0.01],
  0.025: [0, 0.01, 0.02],
  0.05: [0, 0.025, 0.05],
  0.1: [0, 0.05, 0.1],
  0.25: [0, 0.1, 0.2],
  0.5: [0, 0.25, 0.5],
  1: [0, 0.25, 0.5, 0.75, 1],
};
const logTicks = [0.0001, 0.001, 0.01, 0.1, 1];

interface Props {
  readings: Reading[];
  models: NamedModel[];
  /** Tokens or classes by index, in the order of the rows. */
  shown: number[];
  /** Words of the vocabulary, or of a task's classes, by index. */
  vocabulary: readonly string[];
  isTask: boolean;
  scale: 'linear' | 'log';
  /** Right end of the linear axis. */
  limit: number;
  temperature: number;
}

/**
 * A row for each token or class, with a bar for each model; under their axis one row for all that are not shown, which
 * is often more than all of them and has a scale and a form of its own. Plain elements rather than a chart component:
 * they are read as a list by screen readers, and updating them costs a millisecond while the models train.
 */
export function Bars({ readings, models, shown, vocabulary, isTask, scale, limit, temperature }: Props) {
  const { t } = useTranslation();
  const of = isTask ? 'predictions.task' : 'predictions';
  const ticks =
    scale === 'log' ? logTicks : (linearTicks[limit as keyof typeof linearTicks] ?? linearTicks[1]);
  const position = (value: number) => `${100 * barLength(value, scale, limit)}%`;
  const rest = readings.map(({ probabilities }) =>
    Math.max(0, 1 - shown.reduce((sum, token) => sum + probabilities[token], 0)),
  );
  const modelOf = (id: string) => models.find((model) => model.id === id);
  const nameOf = (id: string) => modelOf(id)?.name ?? id;
  // With many models the values would take more room than the bars: then only the teacher's is written out.
  const crowded = readings.length > 4;

  const barsOf = (label: string, values: number[], bar: (value: number, color?: string) => ReactNode) => (
    <ul className={styles.bars}>
      {readings.map(({ id }, i) => {
        const text = formatProbability(values[i]);
        return (
          <li
            key={id}
            className={styles.barLine}
            title={t('predictions.bar', { model: nameOf(id), token: label, probability: text })}
          >
            {bar(values[i], modelOf(id)?.style.color)}
            <span className={crowded && i > 0 ? 'visuallyHidden' : styles.barValue}>
              <span className="visuallyHidden">{nameOf(id)} </span>
              {text}
            </span>
          </li>
        );
      })}
    </ul>
  );

  return (
    <div
      className={`${styles.chart} ${crowded ? styles.crowded : ''}`}
      style={{ '--models': readings.length, '--rows': shown.length } as CSSProperties}
    >
      <div className={styles.plot}>
        <div className={styles.grid} aria-hidden>
          {ticks.map((tick) => (
            <span key={tick} className={styles.gridLine} style={{ left: position(tick) }} />
          ))}
        </div>
        <ol className={styles.rows} aria-label={t(`${of}.chart`)}>
          {shown.map((token) => {
            const label = vocabulary[token];
            return (
              <li key={token} className={styles.row}>
                <span
                  className={styles.token}
                  title={isTask ? label : label.startsWith('##') ? t('predictions.piece') : undefined}
                >
                  {label}
                </span>
                {barsOf(
                  label,
                  readings.map(({ probabilities }) => probabilities[token]),
                  (value, background) => (
                    <span className={styles.bar} style={{ width: position(value), background }} />
                  ),
                )}
              </li>
            );
          })}
        </ol>
      </div>
      <div className={styles.axis} aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: position(tick) }}>
            {formatShort(tick)}
          </span>
        ))}
      </div>
      <p className={styles.axisTitle}>
        {t('predictions.axis', { temperature: formatTemperature(temperature) })}
      </p>
      {shown.length < vocabulary.length && (
        <section className={`${styles.row} ${styles.restRow}`} aria-label={t(`${of}.restChart`)}>
          <span className={styles.token}>
            <Meaning text={t(`${of}.restMeaning`, { count: vocabulary.length - shown.length })}>
              {t('predictions.rest')}
            </Meaning>
          </span>
          {barsOf(t('predictions.rest'), rest, (value, color) => (
            <span className={styles.share} style={{ '--share': value, '--color': color } as CSSProperties} />
          ))}
        </section>
      )}
    </div>
  );
}

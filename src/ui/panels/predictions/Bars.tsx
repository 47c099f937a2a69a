import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { formatProbability, formatTemperature } from '../../format';
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
  /** Token ids, in the order of the rows. */
  shown: number[];
  vocabulary: string[];
  scale: 'linear' | 'log';
  /** Right end of the linear axis. */
  limit: number;
  temperature: number;
}

/**
 * A row for each token, with a bar for each model, and one row for the rest of the vocabulary. Plain elements
 * rather than a chart component: they are read as a list by screen readers, and updating them costs a
 * millisecond while the models train.
 */
export function Bars({ readings, models, shown, vocabulary, scale, limit, temperature }: Props) {
  const { t } = useTranslation();
  const ticks =
    scale === 'log' ? logTicks : (linearTicks[limit as keyof typeof linearTicks] ?? linearTicks[1]);
  const position = (value: number) => `${100 * barLength(value, scale, limit)}%`;
  const rest = readings.map(({ probabilities }) =>
    Math.max(0, 1 - shown.reduce((sum, token) => sum + probabilities[token], 0)),
  );
  const styleOf = (id: string) => models.find((model) => model.id === id)?.style;
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  // With many models the values would take more room than the bars: then only the teacher's is written out.
  const crowded = readings.length > 4;

  const row = (key: string, label: string, hint: string | undefined, values: number[], className = '') => (
    <li key={key} className={`${styles.row} ${className}`}>
      <span className={styles.token} title={hint}>
        {label}
      </span>
      <ul className={styles.bars}>
        {readings.map(({ id }, i) => {
          const text = formatProbability(values[i]);
          // Bars that leave the axis (the rest of the vocabulary can) end in a torn edge.
          const beyond = scale === 'linear' && values[i] > limit;
          return (
            <li
              key={id}
              className={styles.barLine}
              title={t('predictions.bar', { model: nameOf(id), token: label, probability: text })}
            >
              <span
                className={`${styles.bar} ${beyond ? styles.beyond : ''}`}
                style={{ width: position(values[i]), background: styleOf(id)?.color } as CSSProperties}
              />
              <span className={crowded && i > 0 ? 'visuallyHidden' : styles.barValue}>
                <span className="visuallyHidden">{nameOf(id)} </span>
                {text}
              </span>
            </li>
          );
        })}
      </ul>
    </li>
  );

  return (
    <div className={`${styles.chart} ${crowded ? styles.crowded : ''}`}>
      <div className={styles.grid} aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} className={styles.gridLine} style={{ left: position(tick) }} />
        ))}
      </div>
      <ol className={styles.rows} aria-label={t('predictions.chart')}>
        {shown.map((token) =>
          row(
            String(token),
            vocabulary[token],
            vocabulary[token].startsWith('##') ? t('predictions.piece') : undefined,
            readings.map(({ probabilities }) => probabilities[token]),
          ),
        )}
        {row(
          'rest',
          t('predictions.rest'),
          t('predictions.restMeaning', { count: vocabulary.length - shown.length }),
          rest,
          styles.restRow,
        )}
      </ol>
      <div className={styles.axis} aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: position(tick) }}>
            {tick}
          </span>
        ))}
      </div>
      <p className={styles.axisTitle}>
        {t('predictions.axis', { temperature: formatTemperature(temperature) })}
      </p>
    </div>
  );
}

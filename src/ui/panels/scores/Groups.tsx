import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calibrations } from '../../../config/scores';
import { formatCount, formatFixed, formatPercent } from '../../format';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import { groupLines } from './calibrationFigures';
import styles from './scores.module.css';

interface Props {
  found: Calibrations;
  models: readonly NamedModel[];
}

/** Every group of every model, for whoever wants them in figures. */
export function Groups({ found, models }: Props) {
  const { t } = useTranslation();
  const columns = ['model', 'T', 'from', 'count', 'confidence', 'accuracy'] as const;
  return (
    <details className={styles.details}>
      <summary>{t('scores.calibration.groups')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section className={styles.scroll} aria-label={t('scores.calibration.groups')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column === 'T' ? 'T' : t(`scores.calibration.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {models.map(({ id, name }) => (
              <Fragment key={id}>
                {groupLines(spoken(name), found.models[id]).map(
                  ([model, T, low, high, count, confidence, accuracy]) => (
                    <tr key={`${T} ${low}`}>
                      <th scope="row">{model}</th>
                      <td>{formatFixed(Number(T), 2)}</td>
                      <td>
                        {t('scores.calibration.range', {
                          low: formatPercent(Number(low), 0),
                          high: formatPercent(Number(high), 0),
                        })}
                      </td>
                      <td>{formatCount(Number(count))}</td>
                      <td>{formatPercent(Number(confidence))}</td>
                      <td>{formatPercent(Number(accuracy))}</td>
                    </tr>
                  ),
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

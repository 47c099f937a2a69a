import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatFixed, formatShort } from '../../format';
import type { SeenMap } from './learned';
import styles from './sweep.module.css';

/** How far each student is from the teacher where both are seen at another T than it was trained at. */
export function SeenTable({ map }: { map: SeenMap | null }) {
  const { t } = useTranslation();
  return (
    <section className={styles.map} data-figure>
      <Group justify="space-between">
        <h3>{t('overSeeds.learned.map.title')}</h3>
        {map && (
          <SaveFigure
            title={t('overSeeds.learned.map.title')}
            numbers={() => [
              [
                t('overSeeds.learned.map.trained'),
                ...map.seen.map((T) => t('overSeeds.learned.map.seen', { temperature: formatShort(T) })),
              ],
              ...map.rows.map(({ temperature, values }) => [temperature, ...values]),
            ]}
          />
        )}
      </Group>
      {!map && <p className={styles.soft}>{t('overSeeds.learned.map.missing')}</p>}
      {map && (
        <>
          <p className={styles.soft}>
            {t('overSeeds.learned.map.lede')} {t('overSeeds.learned.map.mean', { count: map.runs })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
          <section className={styles.scroll} aria-label={t('overSeeds.learned.map.caption')} tabIndex={0}>
            <table className={styles.seen}>
              <caption className="visuallyHidden">{t('overSeeds.learned.map.caption')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('overSeeds.learned.map.trained')}</th>
                  {map.seen.map((T) => (
                    <th scope="col" key={T}>
                      {t('overSeeds.learned.map.seen', { temperature: formatShort(T) })}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {map.rows.map(({ temperature, values, closeness, nearest }) => (
                  <tr key={temperature}>
                    <th scope="row">
                      {t('overSeeds.learned.map.row', { temperature: formatShort(temperature) })}
                    </th>
                    {values.map((value, i) => (
                      <td
                        key={map.seen[i]}
                        data-nearest={nearest[i] || undefined}
                        style={{
                          background: `color-mix(in srgb, var(--teacher) ${Math.round(42 * closeness[i])}%, var(--card))`,
                        }}
                      >
                        {formatFixed(value, value < 0.1 ? 4 : value < 1 ? 3 : 2)}
                        {nearest[i] && (
                          <span className="visuallyHidden"> ({t('overSeeds.learned.map.nearest')})</span>
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </section>
  );
}

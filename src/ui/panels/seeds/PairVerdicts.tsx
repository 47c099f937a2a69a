import { Group } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArmVerdict } from '../../../statistics/summary';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatList } from '../../format';
import { type NamedModel, nameIn } from '../../useModelNames';
import { columnOf, formatDifference } from './metricWords';
import styles from './seeds.module.css';
import { pairsOf, type SeedsSummary } from './summaries';

interface Props {
  summary: SeedsSummary;
  models: readonly NamedModel[];
  isTask: boolean;
  /** Seeds that failed. */
  failed: readonly number[];
}

const keys = { better: 'better', worse: 'worse', "can't tell": 'cantTell' } as const;

/** For each pair of students whether one is better, and by how much, with the test that says so. */
export const PairVerdicts = memo(function PairVerdicts({ summary, models, isTask, failed }: Props) {
  const { t } = useTranslation();
  const { compared, seeds, verdicts } = summary;
  if (verdicts.length === 0) return null;
  const nameOf = (id: string) => nameIn(models, id);
  const said = (found: ArmVerdict) => {
    const { verdict, metric, difference, low, high } = found;
    const figures =
      difference === null
        ? '–'
        : low === null || high === null
          ? t('overSeeds.verdict.alone', { difference: formatDifference(metric, difference) })
          : t('overSeeds.verdict.difference', {
              difference: formatDifference(metric, difference),
              low: formatDifference(metric, low),
              high: formatDifference(metric, high),
            });
    const isSame = difference !== null && low === null && seeds.length > 1;
    return (
      <td key={metric} data-verdict={keys[verdict]}>
        <strong title={verdict === 'worse' ? t('overSeeds.verdict.worseMeaning') : undefined}>
          {t(`overSeeds.verdict.${keys[verdict]}`)}
        </strong>
        <small>{figures}</small>
        {isSame && <small>{t('overSeeds.verdict.same')}</small>}
      </td>
    );
  };
  const numbers = () => [
    (['arm', 'against', 'quantity', 'verdict', 'difference', 'from', 'to'] as const).map((column) =>
      t(`overSeeds.file.${column}`),
    ),
    ...verdicts.map(({ arm, against, metric, verdict, difference, low, high }) => [
      nameOf(arm),
      nameOf(against),
      t(`overSeeds.table.${columnOf(metric, isTask)}`),
      t(`overSeeds.verdict.${keys[verdict]}`),
      difference,
      low,
      high,
    ]),
  ];
  return (
    <>
      {seeds.length === 1 && <p className={styles.caution}>{t('overSeeds.verdict.one')}</p>}
      {seeds.length === 2 && <p className={styles.caution}>{t('overSeeds.verdict.two')}</p>}
      {failed.length > 0 && (
        <p className={styles.caution}>
          {t('overSeeds.verdict.failed', { count: failed.length, seeds: formatList(failed.map(String)) })}
        </p>
      )}
      <div data-figure>
        <Group justify="end">
          <SaveFigure title={t('overSeeds.verdict.caption')} numbers={numbers} />
        </Group>
        <table className={styles.table}>
          <caption>{t('overSeeds.verdict.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('overSeeds.verdict.pair')}</th>
              {compared.map((metric) => (
                <th scope="col" key={metric}>
                  {t(`overSeeds.table.${columnOf(metric, isTask)}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairsOf(summary).map(({ arm, against, by }) => (
              <tr key={`${arm} ${against}`}>
                <th scope="row">
                  {t('overSeeds.verdict.of', { arm: nameOf(arm), against: nameOf(against) })}
                </th>
                {compared.map((metric) => said(by.get(metric)!))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>{t('overSeeds.verdict.method')}</p>
    </>
  );
});

import { Group } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Metric } from '../../../statistics/summary';
import { ModelMark } from '../../controls/ModelMark';
import { SaveFigure } from '../../figures/SaveFigure';
import { type NamedModel, nameIn } from '../../useModelNames';
import { columnOf, formatMetric } from './metricWords';
import styles from './seeds.module.css';
import type { SeedsSummary } from './summaries';

interface Props {
  summary: SeedsSummary;
  /** The students, by id. */
  models: readonly NamedModel[];
  isTask: boolean;
}

/** Mean and interval of each student over seeds. */
export const MeansTable = memo(function MeansTable({ summary, models, isTask }: Props) {
  const { t } = useTranslation();
  const { arms, compared } = summary;
  const cell = (arm: SeedsSummary['arms'][number], metric: Metric) => {
    const figure = arm.metrics[metric];
    if (!figure || figure.mean === null) return <td key={metric}>–</td>;
    const { mean, low, high } = figure;
    const interval =
      low === null || high === null
        ? t('overSeeds.table.noInterval')
        : t('overSeeds.table.interval', {
            low: formatMetric(metric, low),
            high: formatMetric(metric, high),
          });
    return (
      <td key={metric}>
        {formatMetric(metric, mean)}
        <small>{interval}</small>
      </td>
    );
  };
  const nameOf = (id: string) => nameIn(models, id);
  const numbers = () => [
    [
      t('overSeeds.table.model'),
      ...compared.flatMap((metric) => {
        const of = t(`overSeeds.table.${columnOf(metric, isTask)}`);
        return [of, t('overSeeds.file.low', { of }), t('overSeeds.file.high', { of })];
      }),
      t('overSeeds.table.runs'),
    ],
    ...arms.map(({ name, metrics }) => [
      nameOf(name),
      ...compared.flatMap((metric) => {
        const { mean = null, low = null, high = null } = metrics[metric] ?? {};
        return [mean, low, high];
      }),
      summary.seeds.length,
    ]),
  ];
  return (
    <div data-figure>
      <Group justify="end">
        <SaveFigure title={t('overSeeds.table.caption')} numbers={numbers} />
      </Group>
      <table className={styles.table}>
        <caption>{t('overSeeds.table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overSeeds.table.model')}</th>
            {compared.map((metric) => (
              <th scope="col" key={metric}>
                {t(`overSeeds.table.${columnOf(metric, isTask)}`)}
              </th>
            ))}
            <th scope="col">{t('overSeeds.table.runs')}</th>
          </tr>
        </thead>
        <tbody>
          {arms.map((arm) => {
            const model = models.find(({ id }) => id === arm.name);
            return (
              <tr key={arm.name}>
                <th scope="row">{model ? <ModelMark name={model.name} style={model.style} /> : arm.name}</th>
                {compared.map((metric) => cell(arm, metric))}
                <td className={styles.whole}>{t('overSeeds.table.n', { n: summary.seeds.length })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
});

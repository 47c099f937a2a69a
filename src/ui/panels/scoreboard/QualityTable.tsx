import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import type { Metric } from '../../../config/tasks';
import type { HeldOut } from '../../../protocol/messages';
import { figureOf, standardError } from '../../../statistics/classification';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { formatFixed, formatPercent } from '../../format';
import { fewestWords, marginOf, shareMargin } from '../../margins';
import type { NamedModel } from '../../useModelNames';
import { Figure } from './Figure';
import styles from './scoreboard.module.css';
import type { Measured, ScoreWords } from './summary';

interface Props {
  models: NamedModel[];
  measured: Record<string, Measured>;
  /** Masked words, or rows of a task, that quality was measured on. */
  words: number;
  of: ScoreWords;
  /** What a task is measured by. */
  metric: Metric;
}

/** How well each model fills in masked words, or labels rows, that it has not seen: a row for each model. */
export const QualityTable = memo(function QualityTable({ models, measured, words, of, metric }: Props) {
  const { t } = useTranslation();
  const hasTeacher = models.some(({ id }) => id === teacherModel);
  const margin = (share: number) =>
    words >= fewestWords
      ? t('scoreboard.margin', { value: formatFixed(100 * shareMargin(share, words), 1) })
      : undefined;
  return (
    <table className={styles.table}>
      <caption>{t(`${of}.quality`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('scoreboard.model')}</th>
          <th scope="col">
            <Meaning text={t(`${of}.accuracyMeaning`)}>{t(`${of}.accuracy`)}</Meaning>
          </th>
          {metric !== 'accuracy' && (
            <th scope="col">
              <Meaning
                text={t('scoreboard.task.figureMeaning', { meaning: t(`tasks.metric.${metric}.meaning`) })}
              >
                {t(`tasks.metric.${metric}.name`)}
              </Meaning>
            </th>
          )}
          <th scope="col">
            <Meaning text={t(`${of}.lossMeaning`)}>{t(`${of}.loss`)}</Meaning>
          </th>
          {hasTeacher && (
            <>
              <th scope="col">
                <Meaning text={t(`${of}.agreementMeaning`)}>{t(`${of}.agreement`)}</Meaning>
              </th>
              <th scope="col">
                <Meaning text={t(`${of}.klMeaning`)}>{t(`${of}.kl`)}</Meaning>
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {models.map(({ id, name, style }) => {
          const quality = words > 0 ? measured[id]?.quality : null;
          return (
            <tr key={id}>
              <th scope="row">
                <ModelMark name={name} style={style} />
              </th>
              <Figure
                value={quality ? formatPercent(quality.accuracy) : null}
                below={quality ? margin(quality.accuracy) : undefined}
              />
              {metric !== 'accuracy' && <MetricFigure metric={metric} quality={quality} words={words} />}
              <Figure value={quality ? formatFixed(quality.loss, 2) : null} />
              {hasTeacher && id === teacherModel && <td colSpan={2} />}
              {hasTeacher && id !== teacherModel && (
                <>
                  <Figure value={shown(quality?.agreement, (share) => formatPercent(share))} />
                  <Figure value={shown(quality?.klToTeacher, (nats) => formatFixed(nats, 2))} />
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
});

interface MetricFigureProps {
  metric: Exclude<Metric, 'accuracy'>;
  quality: HeldOut | null | undefined;
  words: number;
}

/** A task's own figure, of the same answers as the share that is right. */
function MetricFigure({ metric, quality, words }: MetricFigureProps) {
  const { t } = useTranslation();
  const confusion = quality?.confusion;
  const [value, margin] = useMemo(() => {
    if (!confusion) return [null, 0];
    const figure = (of: readonly (readonly number[])[]) => figureOf(metric, of);
    return [figure(confusion), marginOf(standardError(figure, confusion))];
  }, [confusion, metric]);
  if (value === null) return <Figure value={null} />;
  // Of a model that says one class alone the margin is 0, and means nothing. A correlation is no share.
  const [text, doubt] =
    metric === 'f1'
      ? [formatPercent(value), formatFixed(100 * margin, 1)]
      : [formatFixed(value, 2), formatFixed(margin, 2)];
  return (
    <Figure
      value={text}
      below={words >= fewestWords && margin > 0 ? t('scoreboard.margin', { value: doubt }) : undefined}
    />
  );
}

const shown = (value: number | null | undefined, format: (value: number) => string) =>
  value === null || value === undefined ? null : format(value);

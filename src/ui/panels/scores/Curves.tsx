import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import type { LatencyCurves, LatencyPoint } from '../../../config/scores';
import { XyPlot, type XySeries } from '../../charts/XyPlot';
import { ModelMark } from '../../controls/ModelMark';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatCount, formatList, formatPercent, formatShort } from '../../format';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import dialogs from '../dialogs.module.css';
import { byBatch, byLength, curveColumns, curveLines, isFitting, lineOf, savings } from './curveFigures';
import styles from './scores.module.css';

interface Props {
  found: LatencyCurves;
  models: readonly NamedModel[];
  onAgain: () => void;
}

/** Time by batch size, with the fixed part apart, and by length; what that says of each model in a sentence. */
export function Curves({ found, models, onAgain }: Props) {
  const { t } = useTranslation();
  const known = models.filter(({ id }) => found.models[id]);
  const told = (points: readonly LatencyPoint[], x: (point: LatencyPoint) => number) =>
    points.map((point) => t('scores.cost.point', { ms: formatShort(point.ms), x: formatCount(x(point)) }));
  const batchOf = ({ id }: NamedModel) => byBatch(found.models[id], found);
  const lengthOf = ({ id }: NamedModel) => byLength(found.models[id], found);
  const labelOf = (points: (model: NamedModel) => LatencyPoint[], x: (point: LatencyPoint) => number) =>
    known
      .map((model) =>
        t('scores.cost.points', { model: spoken(model.name), points: told(points(model), x).join(', ') }),
      )
      .join('. ');
  const dots = (points: readonly LatencyPoint[], x: (point: LatencyPoint) => number) =>
    points.map((point) => ({ x: x(point), y: point.ms, low: point.middle[0], high: point.middle[1] }));
  const sentences = ({ batchSize }: LatencyPoint) => batchSize;
  const tokens = ({ length }: LatencyPoint) => length;
  const most = (points: (model: NamedModel) => LatencyPoint[], of: (point: LatencyPoint) => number) =>
    Math.max(...known.flatMap((model) => points(model).map(of)));
  const highest = (points: (model: NamedModel) => LatencyPoint[]) => most(points, ({ middle }) => middle[1]);
  const widest = most(batchOf, sentences);
  const batches = known.map((model): XySeries => {
    const line = lineOf(batchOf(model));
    return {
      id: model.id,
      style: model.style,
      points: dots(batchOf(model), sentences),
      ...(isFitting(line) && {
        line: { from: [0, line.fixed], to: [widest, line.fixed + widest * line.slope] },
      }),
    };
  });
  const runs = Math.min(...known.flatMap(({ id }) => found.models[id].points.map((point) => point.runs)));
  return (
    <section className={dialogs.stack} data-figure>
      <div className={styles.head}>
        <span />
        <SaveFigure
          title={t('scores.cost.time')}
          numbers={() => [
            curveColumns.map((column) => t(`scores.cost.timeFile.${column}`)),
            ...curveLines(known, found),
          ]}
        />
      </div>
      <div className={styles.cards}>
        <section className={styles.card}>
          <h3>{t('scores.cost.batch')}</h3>
          <XyPlot
            label={labelOf(batchOf, sentences)}
            x={widest}
            y={highest(batchOf)}
            xTicks={[0, ...batchOf(known[0]).map(sentences)].filter(
              (tick) => tick === 0 || tick >= widest / 8,
            )}
            xLabel={t('scores.cost.batchX', { length: found.length })}
            yLabel={t('scores.cost.y')}
            series={batches}
            height={300}
          />
          <p className={dialogs.lede}>
            {t('scores.cost.dots', { runs })} {batches.some(({ line }) => line) && t('scores.cost.lines')}
          </p>
        </section>
        <section className={styles.card}>
          <h3>{t('scores.cost.length')}</h3>
          <XyPlot
            label={labelOf(lengthOf, tokens)}
            x={most(lengthOf, tokens)}
            y={highest(lengthOf)}
            xTicks={[0, ...lengthOf(known[0]).map(tokens)]}
            xLabel={t('scores.cost.lengthX', { batchSize: found.batchSize })}
            yLabel={t('scores.cost.y')}
            series={known.map((model) => ({
              id: model.id,
              style: model.style,
              points: dots(lengthOf(model), tokens),
              joined: true,
            }))}
            height={300}
          />
          <p className={dialogs.lede}>
            {t('scores.cost.lengthLines')} {t('scores.cost.joined')}
          </p>
        </section>
      </div>
      <ul className={styles.findings}>
        {known.map((model) => (
          <li key={model.id}>
            <Finding found={found} model={model} />
          </li>
        ))}
      </ul>
      {found.leftOut.length > 0 && (
        <p className={dialogs.lede}>
          {t('scores.cost.leftOut', {
            sizes: formatList(
              found.leftOut.map((size) => t('scores.cost.size', size)),
              'unit',
            ),
          })}
        </p>
      )}
      <Times found={found} models={known} />
      <div>
        <Button variant="default" size="xs" onClick={onAgain}>
          {t('scores.measureAgain')}
        </Button>
      </div>
    </section>
  );
}

/** The fixed part of one model, and of a student what it saves and why not more. */
function Finding({ found, model: { id, name, style } }: { found: LatencyCurves; model: NamedModel }) {
  const { t } = useTranslation();
  const line = lineOf(byBatch(found.models[id], found));
  const misfit = line?.misfit ?? 1;
  const teacher = found.models[teacherModel];
  const saved = id !== teacherModel && teacher ? savings(found.models[id], teacher, found) : null;
  const model = spoken(name);
  return (
    <>
      <ModelMark name={name} style={style} />
      <p>
        {isFitting(line)
          ? [
              t('scores.cost.fit', { fixed: formatShort(line.fixed, 2), slope: formatShort(line.slope, 2) }),
              t('scores.cost.fixedShare', {
                percent: formatPercent(line.fixed / (line.fixed + line.slope), 0),
              }),
            ].join(' ')
          : t('scores.cost.noFit', { percent: formatPercent(misfit, 0) })}{' '}
        {saved &&
          t(saved.fixed ? 'scores.cost.why.fixed' : 'scores.cost.why.grows', {
            model,
            flops: formatPercent(saved.flops, 0),
            one: formatPercent(saved.one, 0),
            many: formatPercent(saved.many, 0),
            batch: saved.batch,
          })}
      </p>
    </>
  );
}

/** Every time in figures. */
function Times({ found, models }: { found: LatencyCurves; models: readonly NamedModel[] }) {
  const { t } = useTranslation();
  const said = models.map(({ id, name }) => ({ id, name: spoken(name) }));
  return (
    <details className={styles.details}>
      <summary>{t('scores.cost.timeTable')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section className={styles.scroll} aria-label={t('scores.cost.timeTable')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {curveColumns.map((column) => (
                <th key={column} scope="col">
                  {t(`scores.cost.timeFile.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {curveLines(said, found).map(([name, ...figures]) => (
              <tr key={[name, ...figures.slice(0, 2)].join(' ')}>
                <th scope="row">{name}</th>
                {figures.map((value, i) => (
                  <td key={curveColumns[i + 1]}>{formatShort(Number(value))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

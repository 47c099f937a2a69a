import { memo, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../../config/modelIds';
import { useSeedBands } from '../../../store/seedsState';
import type { PlaygroundState } from '../../../store/state';
import { usePlayground } from '../../../store/usePlayground';
import { ChangeReadout } from '../../charts/ChangeReadout';
import type { ChangeLine } from '../../charts/changeLines';
import { stageKey } from '../../charts/chartData';
import { LineChart } from '../../charts/LineChart';
import { onOwnWay } from '../../charts/ownWay';
import { usePaced } from '../../charts/usePaced';
import { useSteadyRange } from '../../charts/useSteadyRange';
import { Meaning } from '../../controls/Meaning';
import { ModelMark } from '../../controls/ModelMark';
import { OverSeeds } from '../../controls/OverSeeds';
import { Typeset } from '../../controls/Typeset';
import { SeedBands } from '../../dialogs';
import { formatCount, formatFixed } from '../../format';
import { fewestWords, shareMargin } from '../../margins';
import { teacherStyle } from '../../modelStyle';
import type { NamedModel } from '../../useModelNames';
import type { StageSpan } from '../../useStages';
import styles from './losses.module.css';
import {
  type Counted,
  type Measure,
  markedPoints,
  measuresOf,
  type ProgressRow,
  progressExtent,
  progressRows,
} from './progress';

/** Milliseconds between two drawings while training. */
const drawEvery = 500;
const evaluationsOf = (state: PlaygroundState) => state.history.evaluations;
const emptyRanges = { kl: [0, 4], loss: [0, 6], right: [0, 50] } as const;

interface Props {
  /** Steps of the whole experiment. */
  end: number;
  arms: NamedModel[];
  hasTeacher: boolean;
  counted: Counted;
  /** The symbol of a loss that is softened at T; undefined where none is. */
  softened?: string;
  changes: readonly ChangeLine[];
  stages: readonly StageSpan[];
}

/** What learning comes to, in measures that no temperature and no weight is part of. */
export const ProgressCharts = memo(function ProgressCharts({
  end,
  arms,
  hasTeacher,
  counted,
  softened,
  changes,
  stages,
}: Props) {
  const { t } = useTranslation();
  const seeds = useSeedBands(({ bands }) => bands?.seeds);
  const whole = usePlayground((state) => evaluationsOf(state).some(({ extent }) => extent === 'full'));
  return (
    <section className={styles.progress} aria-label={t('losses.progress')}>
      <div className={styles.measures}>
        {measuresOf(hasTeacher).map((measure) => (
          <figure key={measure}>
            <figcaption>
              <Meaning text={t(`losses.measureMeaning.${measure}.${counted}`)}>
                {t(`losses.measure.${measure}.${counted}`)}
              </Meaning>
            </figcaption>
            <ProgressChart
              measure={measure}
              counted={counted}
              end={end}
              arms={arms}
              changes={changes}
              stages={stages}
            />
          </figure>
        ))}
      </div>
      <OverSeeds>
        <SeedBands />
      </OverSeeds>
      {seeds && <p className={styles.note}>{t('losses.bands', { count: seeds })}</p>}
      <p className={styles.note}>
        {t(hasTeacher ? 'losses.progressWhy' : 'losses.progressAlone')}
        {whole && ` ${t('losses.progressWhole')}`}
        {softened && (
          <>
            {' '}
            <Typeset>{t('losses.progressSoftened', { term: softened })}</Typeset>
          </>
        )}
      </p>
    </section>
  );
});

/** Where forks leave the lines of whom they come from. */
const waysOf = (arms: readonly NamedModel[]) =>
  arms.flatMap(({ id, from }) => (from === undefined ? [] : [{ id, from }]));

interface ChartProps extends Omit<Props, 'hasTeacher' | 'softened'> {
  measure: Measure;
}

/** One measure of each arm over the steps; the teacher's as a level to reach. */
const ProgressChart = memo(function ProgressChart({
  measure,
  counted,
  end,
  arms,
  changes,
  stages,
}: ChartProps) {
  const { t } = useTranslation();
  const evaluations = usePaced(evaluationsOf, drawEvery);
  const ids = useMemo(() => arms.map(({ id }) => id), [arms]);
  const rows = useMemo(
    () => onOwnWay(progressRows(evaluations, ids, measure), waysOf(arms)),
    [evaluations, ids, arms, measure],
  );
  const curves = useMemo(
    () => [
      { id: teacherModel, color: teacherStyle.color, width: 1.5, dash: '2 3' },
      ...arms.map(({ id, style }) => ({ id, color: style.color, width: 2 })),
    ],
    [arms],
  );
  const marked = useMemo(
    () => arms.map(({ id, style }) => ({ id, style, points: markedPoints(rows, evaluations, id, measure) })),
    [arms, rows, evaluations, measure],
  );
  const extent = useMemo(
    () =>
      progressExtent(
        rows,
        [teacherModel, ...ids],
        marked.flatMap(({ points }) => points),
      ),
    [rows, ids, marked],
  );
  const known = useSeedBands(({ bands }) => bands);
  const bands = useMemo(
    () =>
      known
        ? arms.flatMap(({ id, style }) => {
            const points = known.measures[measure][id] ?? [];
            return points.length > 0 ? [{ id, color: style.color, points }] : [];
          })
        : undefined,
    [known, arms, measure],
  );
  const range = useSteadyRange(extent, 'linear') ?? emptyRanges[measure];
  const describe = useCallback(
    (row: ProgressRow) => {
      const figure = (value: number) => {
        if (measure !== 'right') return formatFixed(value, 2);
        if (row.words < fewestWords) return formatFixed(value, 1);
        const margin = formatFixed(100 * shareMargin(value / 100, row.words), 1);
        return t('losses.withMargin', { value: formatFixed(value, 1), margin });
      };
      /** The mean of several runs at the same step, with its interval where there is one. */
      const overSeeds = (id: string, { x, [stageKey]: stage }: ProgressRow) => {
        const own = known?.measures[measure][id];
        const point = own?.find((found) => found.x === x && found.stage === (stage ?? 0));
        if (!point) return null;
        const { mean, low, high } = point;
        const digits = measure === 'right' ? 1 : 2;
        const [value, from, to] = [mean, low ?? mean, high ?? mean].map((of) => formatFixed(of, digits));
        return low === null ? value : t('losses.between', { mean: value, low: from, high: to });
      };
      const teacher = { id: teacherModel, name: t('common.teacher'), style: teacherStyle };
      return (
        <>
          <table className={styles.readout}>
            <thead>
              <tr>
                <th scope="col">{t('losses.atStep', { step: formatCount(row.x) })}</th>
                <th scope="col">{t(`losses.measureUnit.${measure}`)}</th>
                {known && <th scope="col">{t('losses.overSeeds', { count: known.seeds })}</th>}
              </tr>
            </thead>
            <tbody>
              {[...arms, teacher].map(({ id, name, style }) => {
                const value = row[id];
                return (
                  value !== null &&
                  value !== undefined && (
                    <tr key={id}>
                      <th scope="row">
                        <ModelMark name={name} style={style} />
                      </th>
                      <td>{figure(value)}</td>
                      {known && <td>{overSeeds(id, row)}</td>}
                    </tr>
                  )
                );
              })}
            </tbody>
          </table>
          <ChangeReadout changes={changes} step={row.x} end={end} />
        </>
      );
    },
    [arms, changes, end, known, measure, t],
  );
  return (
    <LineChart
      label={t(`losses.measureChart.${measure}.${counted}`)}
      rows={rows}
      curves={curves}
      bands={bands}
      marked={marked}
      changes={changes}
      stages={stages}
      labelRows={1}
      end={end}
      range={range}
      height="8.5rem"
      describe={describe}
      empty={extent === null ? t('losses.noPointsYet') : undefined}
    />
  );
});

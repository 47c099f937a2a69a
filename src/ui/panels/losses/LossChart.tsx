import { memo, type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaygroundState } from '../../../store/state';
import type { AxisScale } from '../../charts/axis';
import { ChangeReadout } from '../../charts/ChangeReadout';
import type { ChangeLine } from '../../charts/changeLines';
import type { Curve } from '../../charts/chartData';
import { LineChart } from '../../charts/LineChart';
import { onePerStep } from '../../charts/onePerStep';
import { usePaced } from '../../charts/usePaced';
import { useSteadyRange } from '../../charts/useSteadyRange';
import { Steady } from '../../controls/Steady';
import { dashOf } from '../../modelStyle';
import type { NamedModel } from '../../useModelNames';
import { type StageSpan, startsOf } from '../../useStages';
import { quantityWidth } from './chartStyle';
import { LossReadout } from './LossReadout';
import { LossUnits } from './LossUnits';
import { curveId, extentOf, heldOutPoints, type LossRow, lossRows, type Quantity, rawId } from './lossCurves';
import styles from './losses.module.css';

/** A held-out evaluation is told beside the crosshair within this share of the axis. */
const near = 0.015;
/** With more curves than this the raw ones are left out: they would hide the smoothed ones, and cost as much. */
const mostWithRaw = 8;
/** Milliseconds between two drawings while training. */
const drawEvery = 250;
const historyOf = (state: PlaygroundState) => state.history;
const emptyRange = { linear: [0, 8], log: [0.01, 10] } as const;

interface Props {
  /** Steps of the whole experiment. */
  end: number;
  /** Those whose curves are shown. */
  quantities: Quantity[];
  /** All that could be, in the order that gives each its line. */
  available: Quantity[];
  arms: NamedModel[];
  changes: readonly ChangeLine[];
  stages: readonly StageSpan[];
  scale: AxisScale;
  smoothing: number;
  height: number | string;
  /** Stands beside the words below the chart. */
  children: ReactNode;
}

/** The curves, with a line that says in words how they were made. */
export const LossChart = memo(function LossChart({
  end,
  quantities,
  available,
  arms,
  changes,
  stages,
  scale,
  smoothing,
  height,
  children,
}: Props) {
  const { t } = useTranslation();
  const { steps, evaluations, stepsPerEntry } = usePaced(historyOf, drawEvery);
  const keys = useMemo(
    () =>
      arms.flatMap(({ id, style, from }) =>
        quantities.map((quantity) => ({ arm: id, quantity, style, from })),
      ),
    [arms, quantities],
  );
  const smoothed = smoothing > 1;
  const withRaw = smoothed && keys.length <= mostWithRaw;
  const { rows, entriesPerRow } = useMemo(
    () => lossRows(steps, keys, smoothing, stepsPerEntry, withRaw, startsOf(stages)),
    [steps, keys, smoothing, stepsPerEntry, withRaw, stages],
  );
  const marked = useMemo(() => {
    const points = onePerStep(evaluations);
    return keys.map((key) => ({
      id: curveId(key),
      style: key.style,
      points: heldOutPoints(points, key, keys.length),
    }));
  }, [keys, evaluations]);
  const curves = useMemo(() => {
    const of = (key: (typeof keys)[number]): Curve => ({
      id: curveId(key),
      color: key.style.color,
      dash: dashOf(key.quantity, available),
      width: quantityWidth(key.quantity),
    });
    const behind = keys.map((key) => ({
      ...of(key),
      id: rawId(key),
      dash: undefined,
      width: 1,
      faint: true,
    }));
    return [...(withRaw ? behind : []), ...keys.map(of)];
  }, [keys, available, withRaw]);

  const extent = useMemo(() => {
    const ids = curves.map(({ id }) => id);
    const points = marked.flatMap((series) => series.points);
    return extentOf(rows, ids, points, scale);
  }, [rows, curves, marked, scale]);
  const range = useSteadyRange(extent, scale) ?? emptyRange[scale];

  const describe = useCallback(
    (row: LossRow) => {
      const nearest = evaluations.findLast((point) => Math.abs(point.step - row.x) <= near * end);
      return (
        <>
          <LossReadout row={row} heldOut={nearest} quantities={quantities} arms={arms} />
          <ChangeReadout changes={changes} step={row.x} end={end} />
        </>
      );
    },
    [evaluations, end, quantities, arms, changes],
  );

  const caption = (updates: number, entries: number) =>
    [
      smoothed ? t('losses.smoothed', { count: smoothing }) : t('losses.raw'),
      smoothed && t(withRaw ? 'losses.rawBehind' : 'losses.rawHidden'),
      updates > 1 ? t('losses.entryMean', { count: updates }) : t('losses.entry'),
      entries > 1 && t('losses.drawn', { count: entries }),
      t('losses.heldOut'),
      scale === 'log' && t('losses.belowAxis'),
    ]
      .filter(Boolean)
      .join(' ');

  const empty =
    keys.length === 0 ? t('losses.nothingShown') : extent === null ? t('losses.empty') : undefined;
  return (
    <>
      <LossUnits quantities={quantities} />
      <LineChart
        label={t('losses.chart')}
        rows={rows}
        curves={curves}
        marked={marked}
        changes={changes}
        stages={stages}
        end={end}
        xLabel={t('losses.step')}
        range={range}
        scale={scale}
        height={height}
        describe={describe}
        empty={empty}
      />
      <div className={styles.foot}>
        {children}
        <Steady longest={<p className={styles.note}>{caption(1000, 16)}</p>}>
          <p className={styles.note}>{caption(stepsPerEntry, entriesPerRow)}</p>
        </Steady>
      </div>
    </>
  );
});

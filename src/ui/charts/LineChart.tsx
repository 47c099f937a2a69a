import { useElementSize } from '@mantine/hooks';
import { type CSSProperties, memo, type ReactNode, useMemo, useState } from 'react';
import { CartesianGrid, LineChart as Chart, XAxis, YAxis } from 'recharts';
import { pastStep } from '../../store/shown';
import { usePlayground } from '../../store/usePlayground';
import { formatShort, formatTick } from '../format';
import type { StageSpan } from '../useStages';
import { type AxisScale, linearTicks, logTicks, type Range } from './axis';
import { ChangeLabels, ChangeList, labelRow, useLabelPlaces } from './ChangeLabels';
import { Crosshair } from './Crosshair';
import { CurveLayer } from './CurveLayer';
import type { ChangeLine } from './changeLines';
import { type Band, ChartDataContext, type ChartRow, type Curve, type MarkedSeries } from './chartData';
import styles from './LineChart.module.css';
import { StageNames, stageRow } from './StageNames';

interface AxesProps {
  /** What the chart shows, for those who can't see it. */
  label: string;
  /** Right end of the horizontal axis, which starts at 0. */
  end: number;
  /** Absent where the chart is small and a neighbour says it. */
  xLabel?: string;
  low: number;
  high: number;
  scale: AxisScale;
  /** Pixels above the plot. */
  top: number;
}

interface Props<Row extends ChartRow> extends Omit<AxesProps, 'low' | 'high' | 'scale' | 'top'> {
  /** In the order of x. */
  rows: readonly Row[];
  curves: readonly Curve[];
  /** Of several runs, behind the curves of this one. */
  bands?: readonly Band[];
  marked?: readonly MarkedSeries[];
  changes?: readonly ChangeLine[];
  /** Where there are several: a line stands between two. */
  stages?: readonly StageSpan[];
  /** Rows that the labels of changes may take from the plot. */
  labelRows?: number;
  /** False where x is not the steps of the run: no moment of its past is marked then. */
  marksPast?: boolean;
  range: Range;
  scale?: AxisScale;
  height: number | string;
  /** What is shown beside the crosshair at a row. */
  describe: (row: Row) => ReactNode;
  /** Shown over the empty axes. */
  empty?: ReactNode;
}

const tick = { fill: 'var(--soft)', fontSize: 12 };
/** Pixels around the plot; the frame's style sheet knows those at the sides. */
const above = 8;
const below = { titled: 38, small: 22 };
const noBands: Band[] = [];
const noMarks: MarkedSeries[] = [];
const noChanges: ChangeLine[] = [];
const noStages: StageSpan[] = [];
const formatStep = (value: number) => formatShort(value);

/** The axes take tens of milliseconds to draw: they are drawn again only when one of them changes. */
const Axes = memo(function Axes({ label, end, xLabel, low, high, scale, top }: AxesProps) {
  const range: Range = [low, high];
  const margin = { top, right: 16, bottom: 0, left: 0 };
  return (
    <Chart responsive accessibilityLayer={false} margin={margin} className={styles.chart}>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={[0, end]}
        ticks={linearTicks([0, end])}
        tickFormatter={formatStep}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: 'var(--soft)' }}
        height={xLabel ? below.titled : below.small}
        label={xLabel ? { value: xLabel, position: 'insideBottom', offset: 2, ...tick } : undefined}
        allowDataOverflow
      />
      <YAxis
        type="number"
        scale={scale}
        domain={[low, high]}
        ticks={scale === 'log' ? logTicks(range) : linearTicks(range)}
        tickFormatter={formatTick}
        tick={tick}
        tickLine={false}
        axisLine={false}
        width={46}
        interval={0}
        allowDataOverflow
      />
      <CurveLayer />
      <Crosshair label={label} end={end} />
    </Chart>
  );
});

function LineChartOf<Row extends ChartRow>({
  rows,
  curves,
  bands = noBands,
  marked = noMarks,
  changes = noChanges,
  stages = noStages,
  labelRows = 3,
  marksPast = true,
  range,
  scale = 'linear',
  height,
  describe,
  empty,
  ...axes
}: Props<Row>) {
  const [chosen, setActive] = useState<number | null>(null);
  const active = chosen !== null && chosen < rows.length ? chosen : null;
  const looked = usePlayground(pastStep);
  const past = marksPast ? looked : null;
  const data = useMemo(
    () => ({ rows, curves, bands, marked, changes, stages, past, active, setActive }),
    [rows, curves, bands, marked, changes, stages, past, active],
  );
  const { ref, width } = useElementSize();
  const labels = useLabelPlaces(changes, axes.end, width, labelRows);
  const labelled = above + labelRow * labels.rows;
  const top = labelled + (stages.length > 0 ? stageRow : 0);
  const row = active === null ? undefined : rows[active];
  const onTheLeft = row && row.x > axes.end / 2;
  return (
    <div
      className={styles.frame}
      style={
        {
          height,
          '--top': `${top}px`,
          '--bottom': `${axes.xLabel ? below.titled : below.small}px`,
        } as CSSProperties
      }
    >
      <ChartDataContext value={data}>
        <Axes {...axes} low={range[0]} high={range[1]} scale={scale} top={top} />
      </ChartDataContext>
      {changes.length > 0 && (
        <>
          <ChangeLabels changes={changes} places={labels.places} widths={labels.widths} />
          <ChangeList changes={changes} />
        </>
      )}
      {stages.length > 0 && <StageNames stages={stages} end={axes.end} length={width} top={labelled} />}
      {empty && (
        <div className={styles.empty}>
          <span>{empty}</span>
        </div>
      )}
      <div ref={ref} className={styles.stage} aria-live="polite">
        {row && (
          <div className={styles.beside} data-left={onTheLeft || undefined}>
            <div style={{ flexBasis: `${(100 * (onTheLeft ? axes.end - row.x : row.x)) / axes.end}%` }} />
            <div className={styles.tooltip}>{describe(row)}</div>
          </div>
        )}
      </div>
    </div>
  );
}

/**
 * Curves over steps between fixed ends, without motion, with a crosshair that says the values. It draws again
 * only when its properties change: keep rows, curves and `describe` memoised.
 */
export const LineChart = memo(LineChartOf) as typeof LineChartOf;

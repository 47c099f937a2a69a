import { memo, type ReactNode, useMemo, useState } from 'react';
import { CartesianGrid, LineChart as Chart, XAxis, YAxis } from 'recharts';
import { formatShort, formatTick } from '../format';
import { type AxisScale, linearTicks, logTicks, type Range } from './axis';
import { Crosshair } from './Crosshair';
import { CurveLayer } from './CurveLayer';
import { ChartDataContext, type ChartRow, type Curve, type MarkedSeries } from './chartData';
import styles from './LineChart.module.css';

interface AxesProps {
  /** What the chart shows, for those who can't see it. */
  label: string;
  /** Right end of the horizontal axis, which starts at 0. */
  end: number;
  xLabel: string;
  low: number;
  high: number;
  scale: AxisScale;
}

interface Props<Row extends ChartRow> extends Omit<AxesProps, 'low' | 'high' | 'scale'> {
  /** In the order of x. */
  rows: readonly Row[];
  curves: readonly Curve[];
  marked?: readonly MarkedSeries[];
  range: Range;
  scale?: AxisScale;
  height: number | string;
  /** What is shown beside the crosshair at a row. */
  describe: (row: Row) => ReactNode;
  /** Shown over the empty axes. */
  empty?: ReactNode;
}

const tick = { fill: 'var(--soft)', fontSize: 12 };
const margin = { top: 8, right: 16, bottom: 0, left: 0 };
const noMarks: MarkedSeries[] = [];
const formatStep = (value: number) => formatShort(value);

/** The axes take tens of milliseconds to draw: they are drawn again only when one of them changes. */
const Axes = memo(function Axes({ label, end, xLabel, low, high, scale }: AxesProps) {
  const range: Range = [low, high];
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
        height={38}
        label={{ value: xLabel, position: 'insideBottom', offset: 2, ...tick }}
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
        width={40}
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
  marked = noMarks,
  range,
  scale = 'linear',
  height,
  describe,
  empty,
  ...axes
}: Props<Row>) {
  const [chosen, setActive] = useState<number | null>(null);
  const active = chosen !== null && chosen < rows.length ? chosen : null;
  const data = useMemo(() => ({ rows, curves, marked, active, setActive }), [rows, curves, marked, active]);
  const row = active === null ? undefined : rows[active];
  const onTheLeft = row && row.x > axes.end / 2;
  return (
    <div className={styles.frame} style={{ height }}>
      <ChartDataContext value={data}>
        <Axes {...axes} low={range[0]} high={range[1]} scale={scale} />
      </ChartDataContext>
      {empty && (
        <div className={styles.empty}>
          <span>{empty}</span>
        </div>
      )}
      <div className={styles.stage} aria-live="polite">
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

import { memo, useId, useMemo } from 'react';
import { type ScaleFunction, Symbols, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { bandPaths, type ChartData, curvePath, nearestRow, useChartData } from './chartData';
import { stageRow } from './StageNames';

interface Scales {
  xOf: (x: number) => number | undefined;
  yOf: (y: number) => number | undefined;
}

const Curves = memo(function Curves({ rows, curves, xOf, yOf }: Pick<ChartData, 'rows' | 'curves'> & Scales) {
  const xs = rows.map(({ x }) => xOf(x) ?? Number.NaN);
  return curves.map(({ id, color, dash, width, faint }) => (
    <path
      key={id}
      d={curvePath(rows, id, xs, yOf)}
      fill="none"
      stroke={color}
      strokeDasharray={dash}
      strokeWidth={width}
      strokeOpacity={faint ? 0.3 : 1}
      strokeLinejoin="round"
    />
  ));
});

/** Means over several runs, dotted, in their intervals: behind what this run gives. */
const Bands = memo(function Bands({ bands, xOf, yOf }: Pick<ChartData, 'bands'> & Scales) {
  return bands.map((band) => {
    const { area, line } = bandPaths(band, xOf, yOf);
    return (
      <g key={band.id} data-band={band.id}>
        <path d={area} fill={band.color} fillOpacity={0.16} />
        <path d={line} fill="none" stroke={band.color} strokeWidth={1.5} strokeDasharray="1 3" />
      </g>
    );
  });
});

const Marks = memo(function Marks({ marked, xOf, yOf }: Pick<ChartData, 'marked'> & Scales) {
  return marked.flatMap(({ id, style, points }) =>
    points.map(({ x, y }, i) => {
      const [cx, cy] = [xOf(x), yOf(y)];
      if (cx === undefined || cy === undefined || !Number.isFinite(cy)) return null;
      return (
        <Symbols
          // Where stages meet two points have one x.
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is known by its place alone
          key={`${id} ${i}`}
          cx={cx}
          cy={cy}
          type={style.marker}
          size={52}
          fill={style.color}
          stroke="var(--card)"
          strokeWidth={1}
        />
      );
    }),
  );
});

/** A line where a live number was changed; a band where it was changed all along. */
const Changes = memo(function Changes({
  changes,
  xOf,
  top,
  height,
}: Pick<ChartData, 'changes'> & Pick<Scales, 'xOf'> & { top: number; height: number }) {
  return changes.map(({ from, to }) => {
    const [x, end] = [xOf(from), xOf(to)];
    if (x === undefined || end === undefined) return null;
    return (
      <g key={from} data-change={from}>
        {to > from && (
          <rect x={x} y={top} width={end - x} height={height} fill="var(--soft)" fillOpacity={0.14} />
        )}
        <line x1={x} x2={x} y1={top} y2={top + height} stroke="var(--soft)" strokeDasharray="1 3" />
      </g>
    );
  });
});

/** A line where one stage ends and the next begins. */
const Borders = memo(function Borders({
  stages,
  xOf,
  top,
  height,
}: Pick<ChartData, 'stages'> & Pick<Scales, 'xOf'> & { top: number; height: number }) {
  return stages
    .slice(1)
    .map(({ start }) => (
      <line
        key={start}
        data-border={start}
        x1={xOf(start)}
        x2={xOf(start)}
        y1={top - stageRow}
        y2={top + height}
        stroke="var(--edge)"
      />
    ));
});

/**
 * The curves and markers of a chart, with the scales of recharts. They are plain paths: recharts' own lines
 * take 100 ms for 32 curves of 300 points, on a thread that has 50.
 */
export function CurveLayer() {
  const { rows, curves, bands, marked, changes, stages, past, active } = useChartData();
  const x = useXAxisScale();
  const y = useYAxisScale();
  const area = usePlotArea();
  const clip = useId();
  const scales = useMemo(() => x && y && { xOf: toNumber(x), yOf: toNumber(y) }, [x, y]);
  if (!scales || !area) return null;
  const row = active === null ? undefined : rows[active];
  const looked = past === null ? null : nearestRow(rows, past);
  // The first update has no neighbour to draw a line to.
  const dotted = row ?? (looked !== null ? rows[looked] : rows.length === 1 ? rows[0] : undefined);
  return (
    <g pointerEvents="none">
      <clipPath id={clip}>
        <rect x={area.x - 6} y={area.y - 6} width={area.width + 12} height={area.height + 12} />
      </clipPath>
      <Borders stages={stages} xOf={scales.xOf} top={area.y} height={area.height} />
      <Changes changes={changes} xOf={scales.xOf} top={area.y} height={area.height} />
      {past !== null && (
        <line
          data-past={past}
          x1={scales.xOf(past)}
          x2={scales.xOf(past)}
          y1={area.y}
          y2={area.y + area.height}
          stroke="var(--warning)"
          strokeWidth={2}
        />
      )}
      {row && (
        <line
          x1={scales.xOf(row.x)}
          x2={scales.xOf(row.x)}
          y1={area.y}
          y2={area.y + area.height}
          stroke="var(--soft)"
        />
      )}
      <g clipPath={`url(#${clip})`}>
        <Bands bands={bands} {...scales} />
        <Curves rows={rows} curves={curves} {...scales} />
        <Marks marked={marked} {...scales} />
        {dotted &&
          curves.map(({ id, color, faint }) => {
            const value = dotted[id];
            const cy = value === null || value === undefined || faint ? undefined : scales.yOf(value);
            return (
              Number.isFinite(cy) && (
                <circle key={id} cx={scales.xOf(dotted.x)} cy={cy} r={3.5} fill={color} />
              )
            );
          })}
      </g>
    </g>
  );
}

const toNumber = (scale: ScaleFunction) => (value: number) => scale(value);

import { markerPaths } from '../controls/Marker';
import { formatTick } from '../format';
import type { ModelStyle } from '../modelStyle';
import { useWidth } from './useWidth';
import styles from './XyPlot.module.css';
import { zeroTicks } from './zeroTicks';

export interface XyPoint {
  x: number;
  y: number;
  /** Drawn as a bar; absent where there is no doubt to show. */
  low?: number;
  high?: number;
}

export interface XySeries {
  id: string;
  style: ModelStyle;
  points: readonly XyPoint[];
  /** Only the outline of each marker. */
  hollow?: boolean;
  /** Points are joined in their order. */
  joined?: boolean;
  /** A straight line through the whole of it. */
  line?: { from: readonly [number, number]; to: readonly [number, number] };
}

interface Props {
  /** What it shows, with the figures, for those who can't see it. */
  label: string;
  /** Right and upper end of the axes, which begin at 0; the upper one goes on to a round number. */
  x: number;
  y: number;
  xLabel: string;
  yLabel: string;
  xTicks?: readonly number[];
  series: readonly XySeries[];
  /** A dashed line on which x and y are equal. */
  diagonal?: boolean;
  height: number;
  format?: (value: number) => string;
}

const margin = { top: 26, right: 22, bottom: 42, left: 48 };

/** Dots, with their margins and lines, over two linear axes. Values are told in `label`; there is nothing to press. */
export function XyPlot({ label, x, y, xLabel, yLabel, xTicks, series, diagonal, height, format }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const yTicks = zeroTicks(y);
  const top = yTicks[yTicks.length - 1];
  const [right, bottom] = [width - margin.right, height - margin.bottom];
  const xOf = (value: number) => margin.left + (value / x) * (right - margin.left);
  const yOf = (value: number) => bottom - (value / top) * (bottom - margin.top);
  const told = format ?? formatTick;
  return (
    <div ref={ref} className={styles.plot} style={{ height }} role="img" aria-label={label}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" focusable="false">
          <text className={styles.title} x={0} y={14}>
            {yLabel}
          </text>
          {yTicks.map((tick) => (
            <g key={tick}>
              <line className={styles.grid} x1={margin.left} x2={right} y1={yOf(tick)} y2={yOf(tick)} />
              <text x={margin.left - 8} y={yOf(tick) + 4} textAnchor="end">
                {told(tick)}
              </text>
            </g>
          ))}
          {(xTicks ?? zeroTicks(x)).map((tick) => (
            <text key={tick} x={xOf(tick)} y={bottom + 18} textAnchor="middle">
              {told(tick)}
            </text>
          ))}
          <line className={styles.axis} x1={margin.left} x2={right} y1={bottom} y2={bottom} />
          <line className={styles.axis} x1={margin.left} x2={margin.left} y1={margin.top} y2={bottom} />
          <text className={styles.title} x={(margin.left + right) / 2} y={height - 5} textAnchor="middle">
            {xLabel}
          </text>
          {diagonal && <line className={styles.diagonal} x1={xOf(0)} y1={yOf(0)} x2={xOf(x)} y2={yOf(x)} />}
          {series.map(({ id, style, points, line, joined, hollow }) => (
            <g key={id} stroke={style.color}>
              {line && (
                <line
                  x1={xOf(line.from[0])}
                  y1={yOf(line.from[1])}
                  x2={xOf(line.to[0])}
                  y2={yOf(line.to[1])}
                  strokeWidth={1.5}
                />
              )}
              {joined && (
                <polyline
                  points={points.map((point) => `${xOf(point.x)},${yOf(point.y)}`).join(' ')}
                  fill="none"
                  strokeWidth={1.5}
                />
              )}
              {points.map(
                (point) =>
                  point.low !== undefined &&
                  point.high !== undefined && (
                    <line
                      key={point.x}
                      x1={xOf(point.x)}
                      x2={xOf(point.x)}
                      y1={yOf(point.low)}
                      y2={yOf(point.high)}
                      strokeWidth={1.5}
                    />
                  ),
              )}
              {points.map((point) => (
                <path
                  key={point.x}
                  d={markerPaths[style.marker]}
                  transform={`translate(${xOf(point.x) - 6} ${yOf(point.y) - 6})`}
                  fill={hollow ? 'var(--card)' : style.color}
                  stroke={hollow ? style.color : 'var(--card)'}
                  strokeWidth={hollow ? 1.8 : 0.8}
                />
              ))}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

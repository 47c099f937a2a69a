import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatFixed, formatList, formatShort } from '../../format';
import type { LearnedPoint, Quantity } from './learned';
import styles from './sweep.module.css';

interface Props {
  quantity: Quantity;
  points: readonly LearnedPoint[];
  /** Name of the quantity, with its unit. */
  title: string;
}

/** Room at both ends of the horizontal axis, as a share of its width. */
const inset = 0.08;
const lines = 4;

/** Round numbers that enclose a range, about `lines` of them. */
function ticksOf(low: number, high: number): number[] {
  const span = high > low ? high - low : Math.max(1, Math.abs(high)) * 0.1;
  const raw = span / lines;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw)!;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Seeds as dots over the T that they were trained at, their mean as a bar, its interval as a line. Told in words by its label. */
export function LearnedPlot({ quantity, points, title }: Props) {
  const { t } = useTranslation();
  const digits = quantity === 'klToTeacher' ? 2 : 1;
  const format = (value: number) => formatFixed(value, digits);
  // Intervals of two seeds can be wider than any chart: dots and means are always within it, intervals as far as they go.
  const values = points.flatMap((point) => point.values);
  const spread = Math.max(...values) - Math.min(...values);
  const within = (value: number | null) =>
    value === null
      ? []
      : [Math.min(Math.max(...values) + spread, Math.max(Math.min(...values) - spread, value))];
  const all = points.flatMap(({ low, high, values }) => [...values, ...within(low), ...within(high)]);
  const ticks = ticksOf(Math.min(...all), Math.max(...all));
  const [bottom, top] = [ticks[0], ticks[ticks.length - 1]];
  const logs = points.map(({ temperature }) => Math.log2(temperature));
  const [left, right] = [Math.min(...logs), Math.max(...logs)];
  const xOf = (T: number) => 100 * (inset + ((1 - 2 * inset) * (Math.log2(T) - left)) / (right - left || 1));
  const yOf = (value: number) => 100 * (1 - Math.min(1, Math.max(0, (value - bottom) / (top - bottom))));
  const label = t('overSeeds.learned.plot', {
    quantity: title,
    points: formatList(
      points.map(({ temperature, mean, low, high }) => {
        const figures = { temperature: formatShort(temperature), value: format(mean) };
        return low === null || high === null
          ? t('overSeeds.learned.point', figures)
          : t('overSeeds.learned.pointInterval', { ...figures, low: format(low), high: format(high) });
      }),
      'unit',
    ),
  });
  const most = Math.max(...points.map((point) => point.values.length));
  const numbers = () => [
    [
      'T',
      ...(['mean', 'from', 'to'] as const).map((column) => t(`overSeeds.file.${column}`)),
      ...Array.from({ length: most }, (_, i) => t('overSeeds.file.seed', { number: i + 1 })),
    ],
    ...points.map(({ temperature, mean, low, high, values }) => [
      temperature,
      mean,
      low,
      high,
      ...Array.from({ length: most }, (_, i) => values[i] ?? null),
    ]),
  ];
  return (
    <figure className={styles.figure} data-figure>
      <Group justify="space-between" wrap="nowrap" align="start">
        <figcaption>
          <strong>{title}</strong>{' '}
          <span className={styles.kind}>{t(`overSeeds.learned.kind.${quantity}`)}</span>
        </figcaption>
        <SaveFigure title={title} numbers={numbers} />
      </Group>
      <div className={styles.plot} role="img" aria-label={label}>
        <div className={styles.rows}>
          {ticks.map((tick) => (
            <span key={tick} style={{ top: `${yOf(tick)}%` }}>
              {formatShort(tick, 4)}
            </span>
          ))}
        </div>
        <svg aria-hidden="true" focusable="false">
          {ticks.map((tick) => (
            <line
              key={tick}
              className={styles.grid}
              x1="0"
              x2="100%"
              y1={`${yOf(tick)}%`}
              y2={`${yOf(tick)}%`}
            />
          ))}
          {points.map(({ arm, temperature, values, mean, low, high }) => {
            const x = xOf(temperature);
            return (
              <g key={arm}>
                {low !== null && high !== null && (
                  <line
                    className={styles.interval}
                    x1={`${x}%`}
                    x2={`${x}%`}
                    y1={`${yOf(low)}%`}
                    y2={`${yOf(high)}%`}
                  />
                )}
                <line
                  className={styles.mean}
                  x1={`${x - 3}%`}
                  x2={`${x + 3}%`}
                  y1={`${yOf(mean)}%`}
                  y2={`${yOf(mean)}%`}
                />
                {values.map((value, seed) => (
                  <circle
                    // biome-ignore lint/suspicious/noArrayIndexKey: dots have their seeds' order
                    key={seed}
                    className={styles.dot}
                    // Seeds stand beside each other, so that none hides another.
                    cx={`${x + 1.4 * (seed - (values.length - 1) / 2)}%`}
                    cy={`${yOf(value)}%`}
                    r="4"
                  />
                ))}
              </g>
            );
          })}
        </svg>
        <div className={styles.columns}>
          {points.map(({ arm, temperature }) => (
            <span key={arm} style={{ left: `${xOf(temperature)}%` }}>
              {formatShort(temperature)}
            </span>
          ))}
        </div>
        <div className={styles.axis}>{t('overSeeds.learned.axis')}</div>
      </div>
    </figure>
  );
}

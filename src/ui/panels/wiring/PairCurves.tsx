import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatFixed, formatTick } from '../../format';
import { dashOf, type ModelStyle } from '../../modelStyle';
import { type PairCurve, spread } from './pairs';
import { useWidth } from './useWidth';
import styles from './wiring.module.css';

interface Props {
  curves: readonly PairCurve[];
  style: ModelStyle;
  /** Right end of the axis of steps, which starts at 0. */
  end: number;
}

const height = 168;
const plot = { left: 30, right: 22, top: 8, bottom: 34 };
/** Pixels between two numbers at the right. */
const apart = 13;

/** The likeness of every wired pair over the steps, each with the number of its student layer at its end. */
export const PairCurves = memo(function PairCurves({ curves, style, end }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useWidth<HTMLDivElement>();
  const drawn = curves.filter(({ points }) => points.length > 0);
  const values = drawn.flatMap(({ points }) => points.map(({ value }) => value));
  // Cosines may lie below 0; what CKA has there is chance.
  const low = Math.min(0, ...values) < -0.1 ? -1 : 0;
  const ticks = low < 0 ? [-1, 0, 1] : [0, 0.5, 1];
  const [right, bottom] = [Math.max(plot.left + 40, width - plot.right), height - plot.bottom];
  const xOf = (step: number) => plot.left + ((right - plot.left) * step) / Math.max(1, end);
  const yOf = (value: number) =>
    bottom - ((bottom - plot.top) * (Math.min(1, Math.max(low, value)) - low)) / (1 - low);
  const levels = drawn.map(({ level }) => String(level));
  const last = (curve: PairCurve) => curve.points[curve.points.length - 1];
  const labels = spread(
    drawn.map((curve) => yOf(last(curve).value)),
    apart,
    bottom,
  );
  const said = drawn.map((curve): string =>
    t('wiring.pair', {
      level: curve.level,
      source: curve.source,
      from: formatFixed(curve.points[0].value, 2),
      first: curve.points[0].step,
      to: formatFixed(last(curve).value, 2),
      last: last(curve).step,
    }),
  );
  return (
    <div ref={ref} className={styles.curves}>
      <svg width={width} height={height} role="img" aria-label={t('wiring.chartOf', { pairs: said })}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={plot.left} x2={right} y1={yOf(tick)} y2={yOf(tick)} stroke="var(--line)" />
            <text x={plot.left - 6} y={yOf(tick) + 4} textAnchor="end">
              {formatTick(tick)}
            </text>
          </g>
        ))}
        {[0, end].map((step, i) => (
          <text key={step} x={xOf(step)} y={bottom + 16} textAnchor={i === 0 ? 'start' : 'end'}>
            {formatCount(step)}
          </text>
        ))}
        <text x={(plot.left + right) / 2} y={bottom + 28} textAnchor="middle">
          {t('wiring.stepAxis')}
        </text>
        {drawn.map((curve, i) => {
          const points = curve.points.map(({ step, value }) => `${xOf(step)} ${yOf(value)}`);
          const end = last(curve);
          return (
            <g key={curve.level} stroke={style.color} fill="none" strokeWidth={1.8}>
              <path d={`M${points.join('L')}`} strokeDasharray={dashOf(String(curve.level), levels)} />
              <circle cx={xOf(end.step)} cy={yOf(end.value)} r={3} fill={style.color} stroke="none" />
              <text x={xOf(end.step) + 7} y={labels[i] + 4} stroke="none">
                {curve.level}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
});

import { useTranslation } from 'react-i18next';
import { Marker } from '../controls/Marker';
import { formatShort, formatTick } from '../format';
import type { ModelStyle } from '../modelStyle';
import { linearTicks, roundRange } from './axis';
import styles from './DotPlot.module.css';

export interface Dot {
  id: string;
  style: ModelStyle;
  /** Above 0: the axis is logarithmic. */
  x: number;
  y: number;
  /** Drawn as a bar to both sides; null where it is not known. */
  margin: number | null;
}

interface Props {
  /** What it shows, with the figures, for those who can't see it. */
  label: string;
  dots: Dot[];
  /** Marked on the horizontal axis. */
  ticks: number[];
  xLabel: string;
}

/** Room at both ends of the horizontal axis, as a share of its width. */
const inset = 0.09;

/** A dot for each model over a logarithmic axis, with its margin. Values are told in `label`; there is nothing to press. */
export function DotPlot({ label, dots, ticks, xLabel }: Props) {
  const { t } = useTranslation();
  const known = dots.filter(({ y }) => Number.isFinite(y));
  const low = Math.min(...known.map(({ y, margin }) => y - (margin ?? 0)));
  const high = Math.max(...known.map(({ y, margin }) => y + (margin ?? 0)));
  const range = known.length > 0 ? roundRange([low, high], 'linear', 4) : null;
  const logs = ticks.map(Math.log2);
  const [left, right] = [Math.min(...logs), Math.max(...logs)];
  const xOf = (x: number) =>
    `${100 * (inset + (1 - 2 * inset) * (right > left ? (Math.log2(x) - left) / (right - left) : 0.5))}%`;
  const yOf = (y: number) => (range ? `${100 * (1 - (y - range[0]) / (range[1] - range[0]))}%` : '50%');
  return (
    <div className={styles.plot} role="img" aria-label={label}>
      <div className={styles.rows}>
        {range &&
          linearTicks(range, 4).map((tick) => (
            <span key={tick} style={{ top: yOf(tick) }}>
              {formatTick(tick)}
            </span>
          ))}
      </div>
      <div className={styles.area}>
        <svg aria-hidden="true" focusable="false">
          {range &&
            linearTicks(range, 4).map((tick) => (
              <line key={tick} className={styles.grid} x1="0" x2="100%" y1={yOf(tick)} y2={yOf(tick)} />
            ))}
          <line className={styles.axis} x1="0" x2="100%" y1="100%" y2="100%" />
          {known.map(({ id, x, y, margin, style }) => (
            <g key={id} stroke={style.color}>
              {margin !== null && (
                <line x1={xOf(x)} x2={xOf(x)} y1={yOf(y - margin)} y2={yOf(y + margin)} strokeWidth="1.5" />
              )}
            </g>
          ))}
        </svg>
        {known.map(({ id, x, y, style }) => (
          <span key={id} className={styles.dot} style={{ left: xOf(x), top: yOf(y) }}>
            <Marker style={style} size={13} />
          </span>
        ))}
        {known.length === 0 && <span className={styles.empty}>{t('losses.noPointsYet')}</span>}
      </div>
      <div className={styles.columns}>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: xOf(tick) }}>
            {formatShort(tick)}
          </span>
        ))}
      </div>
      <div className={styles.xLabel}>{xLabel}</div>
    </div>
  );
}

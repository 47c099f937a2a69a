import { type CSSProperties, type PointerEvent, useRef } from 'react';
import { Marker } from '../controls/Marker';
import { Notation } from '../controls/Notation';
import { formatTick } from '../format';
import type { ModelStyle } from '../modelStyle';
import { placeOf, temperatureAt, temperatureMarks } from '../temperatureSteps';
import styles from './TemperatureChart.module.css';
import { placeIn, steady, type VerticalScale } from './verticalScale';

export interface TemperatureCurve {
  id: string;
  /** CSS colour. */
  color: string;
  dash?: string;
  /** Drawn at the T that is looked at; a dot without one. */
  marker?: ModelStyle;
  /** One for each temperature. */
  values: readonly number[];
  /** At the T that is looked at. */
  present: number;
}

interface Props {
  /** What it shows, for those who can't see it; the figures stand beside it. */
  label: string;
  /** Rising. */
  temperatures: readonly number[];
  curves: readonly TemperatureCurve[];
  /** That the values need; it is kept while it holds them and isn't much too large. */
  scale: VerticalScale;
  /** The T that the page looks at. */
  at: number;
  /** A press, or a drag, asks for another. */
  onLook: (temperature: number) => void;
}

/** The drawing is as wide and as high as this, and is stretched over its place. */
const size = 1000;
/** A mark of the scale is meant within this distance, in CSS pixels. */
const snapWithin = 8;

/**
 * Curves against T, on the same logarithmic scale as the temperature bar's. Plain paths, since they are drawn several times
 * a second while students train. It is read in figures at the T that the page looks at, which sliders move; a press on the
 * chart is another way to move that.
 */
export function TemperatureChart({ label, temperatures, curves, scale: needed, at, onLook }: Props) {
  const last = useRef<VerticalScale | null>(null);
  const scale = steady(needed, last.current);
  last.current = scale;
  const top = (value: number) => 1 - placeIn(scale, value);
  const pathOf = (values: readonly number[]) =>
    values
      .map((value, i) => `${i > 0 ? 'L' : 'M'}${rounded(placeOf(temperatures[i]))} ${rounded(top(value))}`)
      .join('');
  // What lies outside is cut off in the drawing; its mark waits at the edge.
  const within = (place: number) => Math.min(1, Math.max(0, place));

  const look = ({ currentTarget, clientX, buttons }: PointerEvent<HTMLDivElement>) => {
    if (buttons !== 1) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    if (width > 0) onLook(temperatureAt((clientX - left) / width, snapWithin / width));
  };
  return (
    <div className={styles.chart} role="img" aria-label={label}>
      <div className={styles.rows}>
        {scale.ticks.map((tick) => (
          <span key={tick} style={{ top: percent(top(tick)) }}>
            {formatTick(tick)}
          </span>
        ))}
      </div>
      <div className={styles.area} onPointerDown={look} onPointerMove={look}>
        <svg viewBox={`0 0 ${size} ${size}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {scale.ticks.map((tick) => (
            <line
              key={tick}
              className={tick === scale.low ? styles.axis : styles.grid}
              x1={0}
              x2={size}
              y1={rounded(top(tick))}
              y2={rounded(top(tick))}
            />
          ))}
          {curves.map(({ id, color, dash, values }) => (
            <path key={id} d={pathOf(values)} stroke={color} strokeDasharray={dash} />
          ))}
        </svg>
        <div className={styles.at} style={{ left: percent(placeOf(at)) }} />
        {curves.map(({ id, color, marker, present }) => (
          <span
            key={id}
            className={styles.dot}
            data-plain={!marker || undefined}
            style={
              {
                left: percent(placeOf(at)),
                top: percent(within(top(present))),
                '--color': color,
              } as CSSProperties
            }
          >
            {marker && <Marker style={marker} size={13} />}
          </span>
        ))}
      </div>
      <div className={styles.symbol}>
        <Notation symbol="T" />
      </div>
      <div className={styles.columns}>
        {temperatureMarks.map((mark) => (
          <span key={mark} style={{ left: percent(placeOf(mark)) }}>
            {String(mark).replace(/^0/, '')}
          </span>
        ))}
      </div>
    </div>
  );
}

const percent = (place: number) => `${100 * place}%`;
const rounded = (place: number) => Math.round(10 * size * place) / 10;

import type { KeyboardEvent, PointerEvent } from 'react';
import { usePlotArea } from 'recharts';
import { nearestRow, useChartData } from './chartData';
import styles from './LineChart.module.css';

interface Props {
  label: string;
  /** Right end of the horizontal axis. */
  end: number;
}

/** Chooses the row that is told in figures: by pointer, by tap, and with the arrow keys. */
export function Crosshair({ label, end }: Props) {
  const { rows, active, setActive } = useChartData();
  const area = usePlotArea();
  if (!area) return null;

  const point = (event: PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setActive(nearestRow(rows, ((event.clientX - box.left) / box.width) * end));
  };
  const press = (event: KeyboardEvent) => {
    const last = rows.length - 1;
    if (event.key === 'Escape' && active !== null) {
      event.preventDefault();
      return setActive(null);
    }
    const steps: Record<string, number> = {
      ArrowLeft: (active ?? last + 1) - 1,
      ArrowRight: (active ?? -1) + 1,
      Home: 0,
      End: last,
    };
    if (!(event.key in steps) || last < 0) return;
    event.preventDefault();
    setActive(Math.min(last, Math.max(0, steps[event.key])));
  };
  return (
    <rect
      {...area}
      className={styles.crosshair}
      fill="transparent"
      tabIndex={0}
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={end}
      aria-valuenow={active === null ? 0 : (rows[active]?.x ?? 0)}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setActive(null)}
      onBlur={() => setActive(null)}
      onKeyDown={press}
    />
  );
}

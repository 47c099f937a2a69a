import { formatShort } from '../format';
import styles from './HeatMap.module.css';

/** The scale of a heat map: its colours from the lower to the upper end, with the numbers. */
export function ColourBar({ range, stops }: { range: readonly [number, number]; stops: readonly string[] }) {
  const colours = stops.map((name) => `var(${name})`).join(', ');
  return (
    <div className={styles.scale}>
      <span>{formatShort(range[0])}</span>
      <span className={styles.bar} style={{ background: `linear-gradient(in oklab 90deg, ${colours})` }} />
      <span>{formatShort(range[1])}</span>
    </div>
  );
}

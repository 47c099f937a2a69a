import type { CSSProperties } from 'react';
import styles from './softmaxLab.module.css';

interface Props {
  names: string[];
  /** Drawn pale, on the left of each class. */
  first: ArrayLike<number>;
  /** Drawn solid, on the right. */
  second: ArrayLike<number>;
  /** The value that fills the height; signed bars go as far below zero. */
  scale: number;
  signed?: boolean;
  color: string;
  format: (value: number) => string;
}

/** Two bars for each class with their values, upwards from zero and, where signed, downwards. */
export function PairedColumns({ names, first, second, scale, signed = false, color, format }: Props) {
  const bar = (value: number, paint: string) => (
    <div className={signed ? styles.signedBar : styles.upBar}>
      <div
        className={`${styles.fill} ${paint} ${value < 0 ? styles.down : ''}`}
        style={{ '--share': Math.min(1, Math.abs(value) / scale) } as CSSProperties}
      >
        <span className={styles.barValue}>{format(value)}</span>
      </div>
    </div>
  );
  return (
    <div className={styles.columns} style={{ '--color': color } as CSSProperties}>
      {names.map((name, i) => (
        <div key={name} className={styles.column}>
          <div className={styles.pair}>
            {bar(first[i], styles.pale)}
            {bar(second[i], styles.solid)}
          </div>
          <span className={styles.name}>{name}</span>
        </div>
      ))}
    </div>
  );
}

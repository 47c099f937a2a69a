import type { CSSProperties } from 'react';
import { logitRange } from './examples';
import styles from './softmaxLab.module.css';

interface Props {
  names: string[];
  logits: readonly number[];
  /** Accessible name of the slider of one class. */
  label: (name: string) => string;
  /** CSS colour of the model that these logits belong to. */
  color: string;
  format: (logit: number) => string;
  onChange: (logits: number[]) => void;
}

/**
 * A column for each class, with its logit as a bar from 0 and a dot to drag. The dots are native sliders, so that
 * pointer, touch and keyboard all work.
 */
export function LogitSliders({ names, logits, label, color, format, onChange }: Props) {
  const { min, max, step } = logitRange;
  const share = (logit: number) => (logit - min) / (max - min);
  return (
    <div className={styles.columns} style={{ '--color': color } as CSSProperties}>
      {names.map((name, i) => (
        <div key={name} className={styles.column}>
          <div className={styles.track}>
            <div
              className={styles.logitBar}
              style={
                {
                  '--from': Math.min(share(0), share(logits[i])),
                  '--to': Math.max(share(0), share(logits[i])),
                } as CSSProperties
              }
            />
            <div className={styles.zero} />
            <input
              type="range"
              className={styles.handle}
              aria-label={label(name)}
              aria-orientation="vertical"
              aria-valuetext={format(logits[i])}
              min={min}
              max={max}
              step={step}
              value={logits[i]}
              onChange={(event) => onChange(logits.map((z, j) => (j === i ? event.target.valueAsNumber : z)))}
            />
          </div>
          <span className={styles.value}>{format(logits[i])}</span>
        </div>
      ))}
    </div>
  );
}

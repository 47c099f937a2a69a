import { useTranslation } from 'react-i18next';
import { log2Temperature, temperatureMarks } from './examples';
import styles from './TemperatureStops.module.css';

const { min, max, step } = log2Temperature;

const regimeOf = (temperature: number) => {
  if (temperature < 1) return 'sharper';
  if (temperature === 1) return 'plain';
  return temperature < 8 ? 'softer' : 'flat';
};

interface Props {
  temperature: number;
  shown: string;
  onChange: (temperature: number) => void;
}

/** The lab's own T, on a logarithmic scale, and in words what it does where it stands. */
export function TemperatureStops({ temperature, shown, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar}>
      <span className={styles.value} aria-hidden>
        T = {shown}
      </span>
      <input
        type="range"
        className={styles.slider}
        aria-label={t('softmaxLab.temperature')}
        aria-valuetext={`T = ${shown}`}
        min={min}
        max={max}
        step={step}
        value={Math.log2(temperature)}
        onChange={(event) => onChange(2 ** event.target.valueAsNumber)}
      />
      <div className={styles.marks} aria-hidden>
        {temperatureMarks.map((mark) => (
          <span key={mark} style={{ left: `${(100 * (Math.log2(mark) - min)) / (max - min)}%` }}>
            {mark}
          </span>
        ))}
      </div>
      <p className={styles.regime}>{t(`softmaxLab.regime.${regimeOf(temperature)}`)}</p>
    </div>
  );
}

import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../format';
import type { StageSpan } from '../useStages';
import styles from './LineChart.module.css';
import { stageLabel } from './stageLabel';

/** Pixels above the plot that the names of stages take. */
export const stageRow = 16;

interface Props {
  stages: readonly StageSpan[];
  /** Right end of the axis in steps, and its length in pixels. */
  end: number;
  length: number;
  /** Pixels above the row. */
  top: number;
}

/** What the stages are called, each above its own part of the axis, where none can reach into another's. */
export const StageNames = memo(function StageNames({ stages, end, length, top }: Props) {
  const { t } = useTranslation();
  return (
    <ol className={styles.stages} style={{ top }} aria-label={t('losses.stages')}>
      {stages.map(({ name, start, end: last }, i) => {
        const number = i + 1;
        const room = (length * (last - start)) / end;
        const label = stageLabel(t('losses.stage', { number, name }), String(number), room);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place alone
            key={i}
            style={{ left: (length * start) / end, width: room }}
          >
            <span aria-hidden="true">{label}</span>
            <span className="visuallyHidden">
              {t('losses.stageSpan', {
                number,
                name,
                from: formatCount(start + 1),
                to: formatCount(last),
              })}
            </span>
          </li>
        );
      })}
    </ol>
  );
});

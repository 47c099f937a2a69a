import { useModels } from '../useModelNames';
import type { ChangeLine } from './changeLines';
import styles from './LineChart.module.css';
import { changesNear } from './useChangeLines';
import { useChangeWords } from './useChangeWords';

/** A change is told beside the crosshair within this share of the axis. */
const near = 0.015;

interface Props {
  changes: readonly ChangeLine[];
  step: number;
  /** Right end of the axis. */
  end: number;
}

/** What was changed about this step. */
export function ChangeReadout({ changes, step, end }: Props) {
  const words = useChangeWords();
  const models = useModels();
  return changesNear(changes, step, near * end).map((line) => (
    <p key={line.from} className={styles.changed}>
      {words.sentence(line, models)}
    </p>
  ));
}

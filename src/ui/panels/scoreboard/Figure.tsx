import { useTranslation } from 'react-i18next';
import styles from './scoreboard.module.css';

interface Props {
  /** Null where it isn't measured yet. */
  value: string | null;
  /** What stands smaller below it: its margin or spread. */
  below?: string;
}

/** A figure of a table with its doubt below. The line below is kept free, so that nothing moves when it comes. */
export function Figure({ value, below }: Props) {
  const { t } = useTranslation();
  if (value === null) {
    return (
      <td className={styles.notYet}>
        <span aria-hidden="true">–</span>
        <span className="visuallyHidden">{t('scoreboard.notMeasured')}</span>
      </td>
    );
  }
  return (
    <td>
      {value}
      {below && <small className={styles.below}>{below}</small>}
    </td>
  );
}

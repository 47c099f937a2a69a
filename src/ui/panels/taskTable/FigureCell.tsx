import { useTranslation } from 'react-i18next';
import type { Mean } from '../../../statistics/mean';
import { formatFixed } from '../../format';
import styles from './taskTable.module.css';

interface FigureCellProps {
  /** Undefined where nothing was run. */
  figure: Mean | undefined;
  isTotal?: boolean;
  isFilling?: boolean;
}

/** A mean over seeds in per cent, with half its interval where there are several, and how many there are. */
export function FigureCell({ figure, isTotal, isFilling }: FigureCellProps) {
  const { t } = useTranslation();
  const marks = { 'data-total': isTotal || undefined, 'data-filling': isFilling || undefined };
  if (figure?.mean === null || figure === undefined) {
    return (
      <td {...marks}>
        <span aria-hidden>–</span>
        <span className={styles.hidden}>{t('taskTable.missing')}</span>
      </td>
    );
  }
  const { mean, high, n } = figure;
  const seeds = t('taskTable.seeds', { count: n });
  const margin = high === null ? null : formatFixed(100 * (high - mean), 1);
  return (
    <td {...marks}>
      {formatFixed(100 * mean, 1)}
      <small>{margin === null ? seeds : t('taskTable.margin', { margin, seeds })}</small>
    </td>
  );
}

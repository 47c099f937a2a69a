import { useTranslation } from 'react-i18next';
import type { ClassGuess } from '../../../config/results';
import { formatProbability } from '../../format';
import styles from './task.module.css';

interface Props {
  guess: ClassGuess;
  /** The row's own. */
  label: number;
  /** In words, by index. */
  labels: readonly string[];
}

/** The class that a model says with its probability, and whether it is the row's label. */
export function Said({ guess, label, labels }: Props) {
  const { t } = useTranslation();
  const right = guess.label === label;
  return (
    <span className={styles.said} data-right={right || undefined}>
      <span aria-hidden>{right ? '✓' : '✗'}</span>{' '}
      <span className="visuallyHidden">{t(right ? 'taskViews.rightly' : 'taskViews.wrongly')} </span>
      <b>{labels[guess.label]}</b>{' '}
      <span className={styles.figure}>{formatProbability(guess.probability)}</span>
    </span>
  );
}

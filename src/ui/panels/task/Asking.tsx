import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../config/problems';
import { usePlayground } from '../../../store/usePlayground';
import { formatPercent } from '../../format';
import { useProblemWords } from '../../useProblemWords';
import dialogs from '../dialogs.module.css';
import styles from './task.module.css';

interface Props {
  /** What is asked, in a sentence. */
  label: string;
  /** Why there is no answer; null while it is on its way. */
  problem: Problem | null;
  onAgain: () => void;
}

/** In place of an answer that is not there: how far it is, or why it does not come. */
export function Asking({ label, problem, onAgain }: Props) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const share = usePlayground((state) => state.guessing) ?? 0;
  if (problem) {
    // What was overtaken is no fault, and its words speak of measuring.
    const said =
      problem.code === 'interrupted'
        ? { title: t('taskViews.ended.title'), text: t('taskViews.ended.text') }
        : words(problem);
    return (
      <div className={dialogs.problem} role="alert">
        <strong>{said.title}</strong>
        <p>{said.text}</p>
        <Button variant="default" size="xs" mt={6} onClick={onAgain}>
          {t('taskViews.again')}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <p className={dialogs.lede}>
        {label} <span className={styles.figure}>{formatPercent(share, 0)}</span>
      </p>
      <div
        className={styles.progress}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
      >
        <i style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  );
}

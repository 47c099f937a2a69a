import { useTranslation } from 'react-i18next';
import type { EvaluationPoint } from '../../../protocol/messages';
import { usePlayground } from '../../../store/usePlayground';
import { formatCount } from '../../format';
import { fewestWords } from '../../margins';
import styles from './scoreboard.module.css';
import type { ScoreWords } from './summary';

interface Props {
  point: EvaluationPoint | null;
  measuring: boolean;
  of: ScoreWords;
}

/** On how many words, or rows, quality was measured, and at which step. */
export function SourceNote({ point, measuring, of }: Props) {
  const { t } = useTranslation();
  return (
    <p className={styles.source}>
      {measuring ? t('scoreboard.measuring') : sourceOf()} {point && <Behind of={point.step} />}
    </p>
  );

  function sourceOf() {
    if (!point) return t('scoreboard.sourceNone');
    const figures = { words: formatCount(point.maskedWords), step: formatCount(point.step) };
    if (point.maskedWords < fewestWords) return t(`${of}.sourceFew`, figures);
    return t(point.extent === 'full' ? `${of}.sourceFull` : `${of}.sourceSample`, figures);
  }
}

/** Said while the run rests: while it plays, the status line counts. */
function Behind({ of }: { of: number }) {
  const { t } = useTranslation();
  const step = usePlayground(({ status }) => (status.state === 'playing' ? of : status.step));
  return step !== of && t('scoreboard.behind', { step: formatCount(step) });
}

import { useTranslation } from 'react-i18next';
import { textSeen } from '../../../config/textSeen';
import { presentStage } from '../../../store/stage';
import type { PlaygroundState } from '../../../store/state';
import { usePlayground } from '../../../store/usePlayground';
import { usePaced } from '../../charts/usePaced';
import { formatCompact, formatCount, formatFixed, formatPercent } from '../../format';
import styles from './scoreboard.module.css';
import type { ScoreWords } from './summary';

/** Milliseconds between two drawings while training. */
const drawEvery = 1000;
const stepOf = ({ status }: PlaygroundState) => status.step;

/** How much text the students of this stage have read. */
export function SeenNote({ of }: { of: ScoreWords }) {
  const { t } = useTranslation();
  const step = usePaced(stepOf, drawEvery);
  const text = usePlayground((state) => state.opened?.text);
  const experiment = usePlayground((state) => state.experiment);
  const stage = usePlayground((state) => state.status.stage ?? 0);
  if (!text) return null;
  const { training } = presentStage(usePlayground.getState());
  const { sequences, tokens, passes } = textSeen(experiment, stage, step, training, text);
  const figures = {
    step: formatCount(step),
    sequences: formatCount(sequences),
    tokens: formatCompact(tokens),
    passes: formatFixed(passes, 1),
    percent: formatPercent(passes, 0),
  };
  return <p className={styles.note}>{t(passes < 1 ? `${of}.seenOnce` : `${of}.seen`, figures)}</p>;
}

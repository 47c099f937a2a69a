import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { formatBytes, formatCount, formatFixed, formatPercent, formatShort } from '../format';
import { longStep } from '../longStep';
import { useSecondsSince } from '../useSecondsSince';
import { BackendButton } from './BackendButton';
import { StageButton } from './StageButton';
import classes from './Transport.module.css';

/** "Step 120 of 1000 · Stage 2 of 3 · Feelings · 35 steps/s · WebGPU", or what is being loaded. Not spoken at every step: people ask for it. */
export function RunStatusLine() {
  const { t } = useTranslation();
  const phase = usePlayground((state) => state.phase);
  const opening = usePlayground((state) => state.opening);
  const preparing = usePlayground((state) => state.preparing);
  const status = usePlayground((state) => state.status);
  const pace = usePlayground((state) => state.pace);
  const backend = usePlayground((state) => state.backend);
  // What goes before a stage is no part of its first step.
  const isPreparing = opening !== null || preparing !== null;
  const seconds = useSecondsSince(
    isPreparing ? null : status.step,
    status.state === 'playing' && !isPreparing,
  );

  const parts = [];
  if (opening && phase !== 'failed') {
    const { stage, loaded, total, loss } = opening;
    const amount = stage === 'teacher' ? formatBytes : formatCount;
    parts.push(t(`shell.opening.${stage}`));
    if (stage === 'augmentation') parts.push(formatPercent(loaded));
    else if (total && total > 1)
      parts.push(t('shell.opening.of', { done: amount(loaded), total: amount(total) }));
    if (loss !== undefined) parts.push(t('shell.opening.loss', { loss: formatFixed(loss, 2) }));
  } else {
    parts.push(t('shell.transport.status', { step: status.step, steps: status.steps }));
    const slow = longStep(status, pace, seconds);
    if (phase === 'opening') parts.push(t('shell.transport.starting'));
    else if (phase === 'failed') parts.push(t('shell.transport.failed'));
    else if (preparing) parts.push(t('shell.transport.preparing', preparing));
    else if (status.state === 'finished') parts.push(t('shell.transport.finished'));
    else if (slow) {
      const { key, elapsed, of } = slow;
      parts.push(t(`shell.transport.longStep.${key}`, { elapsed, of: formatShort(of ?? 0, 2) }));
    } else if (status.stepsPerSecond !== null) {
      const { stepsPerSecond } = status;
      const rate = stepsPerSecond >= 10 ? formatFixed(stepsPerSecond, 0) : formatShort(stepsPerSecond, 2);
      parts.push(t('shell.transport.rate', { rate, count: Number(stepsPerSecond.toPrecision(2)) }));
    }
  }
  const [first, ...others] = parts;
  return (
    <div className={classes.status} role="status" aria-live="off">
      {first}
      {!opening && <StageButton />}
      {others.map((part) => ` · ${part}`)}
      {backend && (
        <>
          {' · '}
          <BackendButton backend={backend} />
        </>
      )}
    </div>
  );
}

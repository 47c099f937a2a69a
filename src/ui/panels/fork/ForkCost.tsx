import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import { formatCount, formatDuration } from '../../format';
import dialogs from '../dialogs.module.css';

/** What a fork at a step takes: what is done again to come there, and what of the run is trained anew. */
export function ForkCost({ step }: { step: number }) {
  const { t } = useTranslation();
  const checkpoints = usePlayground((state) => state.checkpoints);
  const seconds = usePlayground(({ pace }) => pace?.secondsPerStep ?? null);
  const now = usePlayground(({ status }) => status.step);
  const moved = usePlayground(({ history }) => history.changes.filter((change) => change.step > step).length);
  const from = checkpoints.findLast((kept) => kept <= step) ?? 0;
  const again = step - from;
  const figures = {
    step: formatCount(step),
    from: formatCount(from),
    count: again,
    duration: seconds === null ? '' : formatDuration(seconds * again),
  };
  return (
    <ul className={dialogs.notes}>
      <li>
        {again === 0 ? t('fork.there', figures) : t(from > 0 ? 'fork.near' : 'fork.gone', figures)}{' '}
        {again > 0 && seconds !== null && t('fork.takes', figures)}
      </li>
      {now > step && <li>{t('fork.anew', { count: now - step, step: figures.step })}</li>}
      {moved > 0 && <li>{t('fork.moved', { count: moved, step: figures.step })}</li>}
    </ul>
  );
}

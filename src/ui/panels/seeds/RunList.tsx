import { useTranslation } from 'react-i18next';
import { type SeedRun, seedOfRun } from '../../../store/seedRun';
import { useSeedsState } from '../../../store/seedsState';
import { useProblemWords } from '../../useProblemWords';
import styles from './seeds.module.css';

/** Each seed and where its run stands. */
export function RunList({ runs }: { runs: readonly SeedRun[] }) {
  const { t } = useTranslation();
  const now = useSeedsState((state) => state.now?.id);
  const words = useProblemWords(runs[0]?.experiment);
  if (runs.length === 0) return null;
  const stateOf = ({ id, state, problem, askedFor }: SeedRun) => {
    if (state === 'failed') {
      return t('overSeeds.state.failed', { why: problem ? words(problem).title : '' });
    }
    if (state === 'done') return t(askedFor === null ? 'overSeeds.state.doneHere' : 'overSeeds.state.done');
    return t(id === now ? 'overSeeds.state.training' : 'overSeeds.state.waiting');
  };
  return (
    <ul className={styles.runs} aria-label={t('overSeeds.luck.list')}>
      {runs.map((run) => (
        <li key={run.id} data-state={run.id === now ? 'training' : run.state}>
          <strong>{t('overSeeds.state.seed', { seed: seedOfRun(run) })}</strong> {stateOf(run)}
        </li>
      ))}
    </ul>
  );
}

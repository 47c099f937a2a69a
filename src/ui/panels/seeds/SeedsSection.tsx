import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stagesOf } from '../../../config/stages';
import { isTask } from '../../../config/tasks';
import { usePlayground } from '../../../store/usePlayground';
import { formatList } from '../../format';
import { useModels } from '../../useModelNames';
import { MeansTable } from './MeansTable';
import { PairVerdicts } from './PairVerdicts';
import styles from './seeds.module.css';
import { doneOf, failedSeeds, summaryOfRuns } from './summaries';
import { useRuns } from './useRuns';

/** What the experiment on screen came to over seeds, in the scoreboard. */
export function SeedsSection() {
  const { t } = useTranslation();
  const experiment = usePlayground((state) => state.experiment);
  const models = useModels();
  const runs = useRuns(experiment);
  const done = useMemo(() => doneOf(runs), [runs]);
  const summary = useMemo(() => summaryOfRuns(done), [done]);
  if (!summary || done.length < 2) return null;
  const ofTask = isTask(stagesOf(experiment).at(-1)!.text);
  const title = { count: done.length, seeds: formatList(summary.seeds.map(String), 'unit') };
  return (
    <section className={styles.section}>
      <h3>{t('overSeeds.section.title', title)}</h3>
      <MeansTable summary={summary} models={models} isTask={ofTask} />
      <PairVerdicts summary={summary} models={models} isTask={ofTask} failed={failedSeeds(runs)} />
    </section>
  );
}

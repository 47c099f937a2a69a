import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stagesOf } from '../../config/stages';
import { isTask } from '../../config/tasks';
import { removeSeedRuns } from '../../store/seeds';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { useModels } from '../useModelNames';
import classes from './dialogs.module.css';
import { ConfirmButton } from './kept/ConfirmButton';
import { AskForSeeds } from './seeds/AskForSeeds';
import { Background } from './seeds/Background';
import { MeansTable } from './seeds/MeansTable';
import { PairVerdicts } from './seeds/PairVerdicts';
import { RunList } from './seeds/RunList';
import { doneOf, failedSeeds, summaryOfRuns } from './seeds/summaries';
import { useRuns } from './seeds/useRuns';

/** The experiment on screen under several seeds: what it takes, how far it is, and what it says. */
export function SeedsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const experiment = usePlayground((state) => state.experiment);
  const models = useModels();
  const runs = useRuns(experiment);
  const summary = useMemo(() => summaryOfRuns(doneOf(runs)), [runs]);
  const ofTask = isTask(stagesOf(experiment).at(-1)!.text);
  const ids = useMemo(() => runs.map(({ id }) => id), [runs]);
  return (
    <PageDialog title={t('overSeeds.luck.title')} size="72rem" onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.lede}>{t('overSeeds.luck.lede')}</p>
        <AskForSeeds experiment={experiment} runs={runs} />
        <RunList runs={runs} />
        <Background ids={ids} />
        {summary && (
          <>
            <MeansTable summary={summary} models={models} isTask={ofTask} />
            <PairVerdicts summary={summary} models={models} isTask={ofTask} failed={failedSeeds(runs)} />
          </>
        )}
        {runs.length > 0 && (
          <div>
            <ConfirmButton
              label={t('overSeeds.delete')}
              confirmLabel={t('overSeeds.deleteConfirm')}
              onConfirm={() => void removeSeedRuns(ids)}
            />
          </div>
        )}
      </div>
    </PageDialog>
  );
}

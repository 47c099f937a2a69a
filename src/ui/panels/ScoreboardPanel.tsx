import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { teacherModel } from '../../config/modelIds';
import { withheldWord } from '../../config/text';
import { shownEvaluations, shownStage } from '../../store/shown';
import type { PlaygroundState } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';
import { usePaced } from '../charts/usePaced';
import { AnswersUntaught } from '../controls/AnswersUntaught';
import { OverSeeds } from '../controls/OverSeeds';
import { Panel } from '../controls/Panel';
import { SaveModelsButton } from '../controls/SaveModelsButton';
import { SeedsButton } from '../controls/SeedsButton';
import { TaskTableButton } from '../controls/TaskTableButton';
import { SeedsSection } from '../dialogs';
import { useModels, useOtherTeachers } from '../useModelNames';
import { useTask } from '../useTask';
import { CalibrationButton, CostButton } from './scoreboard/CloserLooks';
import { CommonestLabel } from './scoreboard/CommonestLabel';
import { CostTable } from './scoreboard/CostTable';
import { QualityTable } from './scoreboard/QualityTable';
import { SeenNote } from './scoreboard/SeenNote';
import { SourceNote } from './scoreboard/SourceNote';
import { scoreColumns, scoreLines } from './scoreboard/scoreLines';
import { evaluationShown, type Measured } from './scoreboard/summary';
import { Verdicts } from './scoreboard/Verdicts';
import { WithheldTable } from './scoreboard/WithheldTable';
import { HeldOutButton } from './task/HeldOutButton';

/** Milliseconds between two drawings while training. */
const drawEvery = 500;
const pointOf = (state: PlaygroundState) => {
  const { latestFull, latestSample } = shownEvaluations(state);
  return evaluationShown(latestFull, latestSample);
};

/** What the models can do and what they cost, measured here, and what that comes to in a sentence. */
export function ScoreboardPanel() {
  const { t } = useTranslation();
  const opened = usePlayground((state) => state.opened);
  const arms = usePlayground((state) => shownStage(state).arms);
  const withheld = usePlayground((state) => withheldWord(shownStage(state).text));
  const latency = usePlayground((state) => state.latency);
  const measuring = usePlayground((state) => state.measuring);
  const { measure } = usePlayground((state) => state.actions);
  const point = usePaced(pointOf, drawEvery);
  const past = usePlayground((state) => state.past !== null);
  const task = useTask();
  const of = task ? 'scoreboard.task' : 'scoreboard';
  const all = useModels();
  // Nobody teaches a task but who was tuned on it.
  const taught = usePlayground((state) => !task || shownStage(state).tuning !== undefined);
  const models = useMemo(() => all.filter(({ id }) => taught || id !== teacherModel), [all, taught]);
  const beside = useOtherTeachers();
  const others = useMemo(() => (task ? [] : beside), [task, beside]);

  const measured = useMemo(
    () =>
      Object.fromEntries([
        ...others.map(({ id }, i): [string, Measured] => [
          id,
          { size: null, latency: null, quality: point?.others?.[i] ?? null },
        ]),
        ...models.map(({ id }): [string, Measured] => [
          id,
          {
            size: (id === teacherModel ? opened?.teacher : opened?.arms[id]) ?? null,
            latency: latency?.[id] ?? null,
            quality: (id === teacherModel ? point?.teacher : point?.arms[id]) ?? null,
          },
        ]),
      ]),
    [models, others, opened, latency, point],
  );
  const words = point?.maskedWords ?? 0;

  return (
    <Panel
      name="scoreboard"
      title={t('scoreboard.title')}
      lede={t('scoreboard.lede')}
      numbers={() => [
        scoreColumns.map((column) => t(`scoreboard.file.${column}`)),
        ...scoreLines([...models.slice(0, 1), ...others, ...models.slice(1)], measured, words),
      ]}
      actions={
        <>
          {task && !past && <HeldOutButton task={task} models={models} />}
          <Button
            variant="default"
            size="compact-sm"
            onClick={measure}
            loading={measuring}
            disabled={!opened}
            title={t(`${of}.measureHint`)}
          >
            {t('scoreboard.measure')}
          </Button>
        </>
      }
    >
      <QualityTable
        models={[...models.slice(0, 1), ...others, ...models.slice(1)]}
        measured={measured}
        words={words}
        of={of}
        metric={task?.metric ?? 'accuracy'}
      />
      <SourceNote point={point} measuring={measuring} of={of} />
      {task && <CommonestLabel task={task} measured={measured} />}
      <AnswersUntaught />
      <SeenNote of={of} />
      <CalibrationButton models={models} />
      <WithheldTable models={models} word={withheld} found={point?.withheld} />
      <CostTable arms={arms} models={models} measured={measured} of={of} />
      <CostButton arms={arms} models={models} measured={measured} />
      <SaveModelsButton />
      <Verdicts arms={arms} models={models} measured={measured} point={point} of={of} />
      <OverSeeds>
        <SeedsSection />
      </OverSeeds>
      <SeedsButton />
      <TaskTableButton />
    </Panel>
  );
}

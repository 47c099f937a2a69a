import { NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm, Experiment } from '../../../config/experiment';
import { mostTrainingBytes, studentBytes } from '../../../config/memory';
import { type Problem, ProblemError, problemOf } from '../../../config/problems';
import { nextSeeds } from '../../../config/seeds';
import { stagesOf, stepsOf } from '../../../config/stages';
import {
  canSweep,
  isSweep,
  ladderOf,
  readTemperatures,
  sweepExperiment,
  usualSweep,
} from '../../../config/sweeps';
import { isTask } from '../../../config/tasks';
import { textName } from '../../../i18n/textName';
import { experimentKey, isDone, runsOf, seedOfRun } from '../../../store/seedRun';
import { askForSeeds, readSeeds, removeSeedRuns } from '../../../store/seeds';
import { useSeedsState } from '../../../store/seedsState';
import { usePlayground } from '../../../store/usePlayground';
import { formatFixed, formatList, formatShort } from '../../format';
import { armStyle } from '../../modelStyle';
import { useArmNames, useModels } from '../../useModelNames';
import { ConfirmButton } from '../kept/ConfirmButton';
import { Background } from '../seeds/Background';
import { PairVerdicts } from '../seeds/PairVerdicts';
import { RunList } from '../seeds/RunList';
import { doneOf, failedSeeds, summaryOfRuns } from '../seeds/summaries';
import { AskForSweep, type SweepChoice } from './AskForSweep';
import { LearnedPlot } from './LearnedPlot';
import { armsByTemperature, closestLearned, learnedPoints, quantities, seenMap } from './learned';
import { SeenTable } from './SeenTable';
import styles from './sweep.module.css';

/** What the present fields make: a sweep, or what is wrong with them. */
function useSweep(choice: SweepChoice): { sweep: Experiment | null; problem: Problem | null } {
  const experiment = usePlayground((state) => state.experiment);
  const opened = usePlayground((state) => state.opened);
  return useMemo(() => {
    const arm = experiment.arms.find(({ id }) => id === choice.arm);
    if (!arm) return { sweep: null, problem: null };
    try {
      const temperatures = readTemperatures(choice.temperatures);
      const parameters = opened?.arms[arm.id]?.parameters ?? 0;
      const each = studentBytes(arm, experiment, parameters, opened?.vocabulary.length ?? 0);
      const bytes = each * temperatures.length;
      if (bytes > mostTrainingBytes) {
        const fits = Math.max(1, Math.floor(mostTrainingBytes / each));
        throw new ProblemError('sweepTooLarge', { bytes: Math.round(bytes / 1e6), fits });
      }
      return { sweep: sweepExperiment(experiment, arm, temperatures), problem: null };
    } catch (error) {
      return { sweep: null, problem: problemOf(error) };
    }
  }, [experiment, opened, choice]);
}

/** Sweeps that are kept, by their key, the newest first. */
function useKeptSweeps(): Map<string, Experiment> {
  const runs = useSeedsState((state) => state.runs);
  return useMemo(() => {
    const sweeps = [...runs].reverse().filter(({ experiment }) => isSweep(experiment));
    return new Map(
      sweeps.map(({ experiment }) => [experimentKey(experiment), experiment] as const).reverse(),
    );
  }, [runs]);
}

/** The newest sweep of the experiment that is kept: the fields begin with it, so that a reload doesn't change them. */
function keptChoice(experiment: Experiment, arms: readonly Arm[], kept: Map<string, Experiment>) {
  for (const [key, sweep] of [...kept].reverse()) {
    const temperatures = armsByTemperature({ experiment: sweep }).map(({ temperature }) => temperature);
    const arm = arms.find((own) => experimentKey(sweepExperiment(experiment, own, temperatures)) === key);
    if (arm) return { arm: arm.id, temperatures: temperatures.join(', ') };
  }
  return null;
}

/** What students learned that were trained at several T: asked for here, shown as it comes, kept and deleted. */
export function LearnedAtT() {
  const { t } = useTranslation();
  const experiment = usePlayground((state) => state.experiment);
  const all = useModels();
  const kept = useKeptSweeps();
  const arms = useMemo(() => experiment.arms.filter(canSweep), [experiment]);
  const sweepable = useMemo(() => arms.map(({ id }) => id), [arms]);
  const models = useMemo(() => all.filter(({ id }) => sweepable.includes(id)), [all, sweepable]);
  const [chosen, setChosen] = useState<SweepChoice | null>(null);
  const before = useMemo(() => keptChoice(experiment, arms, kept), [experiment, arms, kept]);
  const usual = { arm: sweepable[0] ?? '', temperatures: usualSweep.join(', '), seeds: '3', ...before };
  const choice = chosen && sweepable.includes(chosen.arm) ? chosen : usual;
  const { sweep, problem } = useSweep(useStable(choice));
  const [failure, setFailure] = useState<Problem | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  useEffect(readSeeds, []);

  const runs = useSeedsState((state) => state.runs);
  const asked = sweep && experimentKey(sweep);
  const shownKey =
    looked && kept.has(looked) ? looked : asked && kept.has(asked) ? asked : [...kept.keys()].at(-1);
  const shown = shownKey ? kept.get(shownKey)! : null;
  const ofAsked = useMemo(() => (asked ? runsOf(runs, asked) : []), [runs, asked]);
  const ladder = useMemo(() => {
    const temperatures = sweep
      ? armsByTemperature({ experiment: sweep }).map(({ temperature }) => temperature)
      : [];
    return ladderOf(temperatures);
  }, [sweep]);
  const seeds = nextSeeds(Number(choice.seeds), [
    experiment.training.seed,
    ...ofAsked.map(seedOfRun).filter((seed) => seed !== experiment.training.seed),
  ]);
  const wanted = { askedFor: 'sweep', ladder } as const;
  const left = seeds.filter((seed) => {
    const run = ofAsked.find((own) => seedOfRun(own) === seed);
    return !run || (run.state !== 'waiting' && !isDone(run, wanted));
  });
  const begin = () => {
    if (!sweep) return;
    setFailure(null);
    setLooked(null);
    askForSeeds(sweep, left, wanted).catch((error) => setFailure(problemOf(error)));
  };

  return (
    <div className={styles.learned}>
      {models.length === 0 ? (
        <p className={styles.soft}>{t('overSeeds.learned.noArm')}</p>
      ) : (
        <AskForSweep
          choice={choice}
          onChoice={(next) => {
            setChosen(next);
            setLooked(null);
          }}
          models={models}
          sweep={sweep}
          problem={problem ?? failure}
          left={left.length}
          isDone={seeds.every((seed) =>
            ofAsked.some((run) => seedOfRun(run) === seed && isDone(run, wanted)),
          )}
          onBegin={begin}
        />
      )}
      {kept.size > 1 && (
        <NativeSelect
          label={t('overSeeds.learned.kept')}
          value={shownKey ?? ''}
          onChange={({ currentTarget }) => setLooked(currentTarget.value)}
          data={[...kept].reverse().map(([key, own]) => ({ value: key, label: nameOf(own) }))}
        />
      )}
      {shown && shownKey ? (
        <Learned key={shownKey} sweep={shown} sweepKey={shownKey} />
      ) : (
        <p className={styles.soft}>{t('overSeeds.learned.empty')}</p>
      )}
    </div>
  );

  function nameOf(own: Experiment): string {
    const temperatures = armsByTemperature({ experiment: own }).map(({ temperature }) =>
      formatShort(temperature),
    );
    return t('overSeeds.learned.keptName', {
      arm: own.teacher.kind === 'none' ? '' : own.teacher.id,
      temperatures: formatList(temperatures, 'unit'),
      steps: stepsOf(own),
      text: textName(stagesOf(own).at(-1)!.text, t),
    });
  }
}

/** The same object as long as its fields are. */
function useStable(choice: SweepChoice): SweepChoice {
  const { arm, temperatures, seeds } = choice;
  return useMemo(() => ({ arm, temperatures, seeds }), [arm, temperatures, seeds]);
}

/** One sweep: how far it is, its dots, what they say, and its map. */
function Learned({ sweep, sweepKey }: { sweep: Experiment; sweepKey: string }) {
  const { t } = useTranslation();
  const all = useSeedsState((state) => state.runs);
  const runs = useMemo(() => runsOf(all, sweepKey), [all, sweepKey]);
  const done = useMemo(() => doneOf(runs), [runs]);
  const summary = useMemo(() => summaryOfRuns(done), [done]);
  const best = useMemo(() => closestLearned(done), [done]);
  const map = useMemo(() => seenMap(done), [done]);
  const names = useArmNames(sweep);
  const models = sweep.arms.map(({ id }, i) => ({ id, name: names[i], style: armStyle(i) }));
  const ofTask = isTask(stagesOf(sweep).at(-1)!.text);
  const ids = runs.map(({ id }) => id);
  const list = (temperatures: readonly number[], type: 'conjunction' | 'disjunction') =>
    formatList(
      temperatures.map((T) => formatShort(T)),
      type,
    );
  const plots = quantities
    .map((quantity) => ({ quantity, points: learnedPoints(done, quantity) }))
    .filter(({ points }) => points.length > 0);
  const title = (quantity: (typeof quantities)[number]) =>
    t(`overSeeds.learned.${quantity === 'accuracy' && ofTask ? 'rows' : quantity}`);
  return (
    <>
      <RunList runs={runs} />
      <Background ids={ids} />
      {done.length === 0 && <p className={styles.soft}>{t('overSeeds.learned.empty')}</p>}
      {done.length > 0 && (
        <>
          {best && (
            <p className={styles.conclusion}>
              {done.length === 1
                ? t('overSeeds.learned.bestOne', {
                    best: formatShort(best.point.temperature),
                    value: formatFixed(best.point.mean, 2),
                  })
                : [
                    t('overSeeds.learned.best', {
                      best: formatShort(best.point.temperature),
                      value: formatFixed(best.point.mean, 2),
                    }),
                    ...(best.beaten.length > 0
                      ? [t('overSeeds.learned.bestBeats', { beaten: list(best.beaten, 'conjunction') })]
                      : []),
                    ...(best.alike.length > 0
                      ? [t('overSeeds.learned.bestAlike', { alike: list(best.alike, 'disjunction') })]
                      : []),
                  ].join(' ')}
            </p>
          )}
          <div className={styles.plots}>
            {plots.map(({ quantity, points }) => (
              <LearnedPlot key={quantity} quantity={quantity} points={points} title={title(quantity)} />
            ))}
          </div>
          <p className={styles.soft}>{t('overSeeds.learned.dots', { count: done.length })}</p>
          <SeenTable map={map} />
          {summary && done.length > 1 && (
            <details className={styles.pairs}>
              <summary>{t('overSeeds.learned.pairs')}</summary>
              <PairVerdicts summary={summary} models={models} isTask={ofTask} failed={failedSeeds(runs)} />
            </details>
          )}
        </>
      )}
      <div>
        <ConfirmButton
          label={t('overSeeds.learned.delete')}
          confirmLabel={t('overSeeds.learned.deleteConfirm', { count: runs.length })}
          onConfirm={() => void removeSeedRuns(ids)}
        />
      </div>
    </>
  );
}

/** What several seeds say together, for people. */
import type { TFunction } from 'i18next';
import type { Mean } from '../statistics/mean';
import type { ArmVerdict, Metric, Summary } from '../statistics/summary';
import { type SeedRun, stagesBySeed, summaryOfStage } from './seedRuns';

const figure = (value: number) => value.toPrecision(3);
const signed = (value: number) => `${value > 0 ? '+' : ''}${figure(value)}`;

/** One plain sentence. */
export function verdictSentence(found: ArmVerdict, t: TFunction): string {
  const { verdict, arm, against, metric, difference, low, high, n } = found;
  const names = { arm, against, metric: t(`seeds.${metric}`) };
  if (difference === null) return t('seeds.cantTellWithout', names);
  const figures = { ...names, difference: signed(difference) };
  if (low === null || high === null)
    return t(n < 2 ? 'seeds.cantTellFromOne' : 'seeds.cantTellFromSame', figures);
  const key = verdict === "can't tell" ? 'cantTell' : verdict;
  return t(`seeds.${key}`, { ...figures, low: signed(low), high: signed(high) });
}

/** A table and its verdicts for each stage, or for the run where there is one alone. */
export function printSummaries(runs: SeedRun[], t: TFunction) {
  const [{ backend }] = runs;
  const seeds = runs.map(({ seed }) => seed).join(', ');
  const stages = stagesBySeed(runs) ?? [runs];
  let said = 0;
  stages.forEach((bySeed, i) => {
    const [{ steps, task }] = bySeed;
    const figures = { steps, backend, seeds };
    const title =
      task === undefined ? t('seeds.title', figures) : t('seeds.titleOfTask', { ...figures, task });
    const of = t('seeds.stage', { stage: i + 1, stages: stages.length });
    console.log(stages.length > 1 ? `${of} ${title}` : title);
    const { arms, verdicts } = summaryOfStage(bySeed);
    printTable(arms, t);
    for (const found of verdicts) console.log(verdictSentence(found, t));
    said += verdicts.length;
  });
  if (said > 0) console.log(t('seeds.method'));
}

function printTable(arms: Summary['arms'], t: TFunction) {
  const cell = ({ mean, low, high }: Mean) => {
    if (mean === null) return '';
    if (low === null || high === null) return figure(mean);
    return t('seeds.withInterval', { value: figure(mean), low: figure(low), high: figure(high) });
  };
  const column = (metric: Metric) => t(metric === 'klToTeacher' ? 'seeds.klUnit' : `seeds.${metric}`);
  console.table(
    Object.fromEntries(
      arms.map(({ name, metrics }) => [
        name,
        Object.fromEntries(
          Object.entries(metrics).map(([metric, mean]) => [column(metric as Metric), cell(mean)]),
        ),
      ]),
    ),
  );
}

/** What several seeds say together, for people. */
import type { TFunction } from 'i18next';
import type { Mean } from '../statistics/mean';
import type { ArmVerdict, Summary } from '../statistics/summary';
import type { SeedRun } from './seedRuns';

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

export function printSummary(runs: SeedRun[], { arms, verdicts }: Summary, t: TFunction) {
  const [{ steps, backend }] = runs;
  console.log(t('seeds.title', { steps, backend, seeds: runs.map(({ seed }) => seed).join(', ') }));
  const cell = ({ mean, low, high }: Mean) => {
    if (mean === null) return '';
    if (low === null || high === null) return figure(mean);
    return t('seeds.withInterval', { value: figure(mean), low: figure(low), high: figure(high) });
  };
  console.table(
    Object.fromEntries(
      arms.map(({ name, metrics: { accuracy, klToTeacher } }) => [
        name,
        { [t('seeds.accuracy')]: cell(accuracy), [t('seeds.klUnit')]: cell(klToTeacher) },
      ]),
    ),
  );
  for (const found of verdicts) console.log(verdictSentence(found, t));
  if (verdicts.length > 0) console.log(t('seeds.method'));
}

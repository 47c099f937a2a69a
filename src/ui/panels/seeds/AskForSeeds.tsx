import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import { type Problem, ProblemError, problemOf } from '../../../config/problems';
import { readSeedList } from '../../../config/seedList';
import { nextSeeds, oneSeedOf, seedsOfPage } from '../../../config/seeds';
import { type SeedRun, seedOfRun } from '../../../store/seedRun';
import { askForSeeds } from '../../../store/seeds';
import { usePlayground } from '../../../store/usePlayground';
import { ProblemBox } from '../files/ProblemBox';
import styles from './seeds.module.css';
import { Takes } from './Takes';

const counts = ['3', '5', '10'];

/** The seeds that somebody wrote. @throws ProblemError as `readSeedList`, seedsTooFew, seedsTooMany */
function readSeeds(text: string): number[] {
  const seeds = readSeedList(text);
  const { fewest, most } = seedsOfPage;
  if (seeds.length < fewest) throw new ProblemError('seedsTooFew', { seeds: seeds.length, least: fewest });
  if (seeds.length > most) throw new ProblemError('seedsTooMany', { seeds: seeds.length, most });
  return seeds;
}

interface Props {
  experiment: Experiment;
  /** Of this experiment. */
  runs: readonly SeedRun[];
}

/** How many seeds, which, what they take, and the button that begins. */
export function AskForSeeds({ experiment, runs }: Props) {
  const { t } = useTranslation();
  const moved = usePlayground(({ history }) => history.changes.some(({ step }) => step > 0));
  const [count, setCount] = useState(counts[0]);
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const own = oneSeedOf(experiment);
  const known = runs.filter(({ state }) => state !== 'failed').map(seedOfRun);
  const first = [...(own === null ? [] : [own]), ...known.filter((seed) => seed !== own)];
  const text = typed ?? nextSeeds(Number(count), first).join(', ');
  const found = (): { seeds: number[]; wrong: Problem | null } => {
    try {
      return { seeds: readSeeds(text), wrong: null };
    } catch (error) {
      return { seeds: [], wrong: problemOf(error) };
    }
  };
  const { seeds, wrong } = found();
  const left = seeds.filter((seed) => !known.includes(seed));
  const areDone = runs.every(({ state }) => state !== 'waiting');
  const begin = () => {
    setProblem(null);
    askForSeeds(experiment, left, { askedFor: 'seeds', ladder: [] }).catch((error) =>
      setProblem(problemOf(error)),
    );
  };
  return (
    <section className={styles.ask}>
      <h3>{t('overSeeds.luck.ask')}</h3>
      <div className={styles.fields}>
        <div>
          <span className={styles.label} id="seed-count">
            {t('overSeeds.luck.count')}
          </span>
          <SegmentedControl
            aria-labelledby="seed-count"
            value={typed === null ? count : ''}
            onChange={(value) => {
              setCount(value);
              setTyped(null);
            }}
            data={counts}
          />
        </div>
        <TextInput
          className={styles.wide}
          label={t('overSeeds.luck.which')}
          description={t('overSeeds.luck.whichMeaning', seedsOfPage)}
          value={text}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </div>
      <ProblemBox problem={wrong ?? problem} />
      {moved && <p className={styles.soft}>{t('overSeeds.luck.moved')}</p>}
      {own === null && <p className={styles.soft}>{t('overSeeds.luck.severalSeeds')}</p>}
      {!wrong && left.length === 0 && (
        <p className={styles.soft}>{t(`overSeeds.luck.${areDone ? 'nothing' : 'onTheWay'}`)}</p>
      )}
      {left.length > 0 && (
        <>
          <Takes experiment={experiment} runs={left.length} />
          <div>
            <Button onClick={begin}>{t('overSeeds.luck.begin', { count: left.length })}</Button>
          </div>
        </>
      )}
    </section>
  );
}

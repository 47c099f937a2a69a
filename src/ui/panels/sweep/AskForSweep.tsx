import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import type { Experiment } from '../../../config/experiment';
import type { Problem } from '../../../config/problems';
import type { NamedModel } from '../../useModelNames';
import { ProblemBox } from '../files/ProblemBox';
import styles from '../seeds/seeds.module.css';
import { Takes } from '../seeds/Takes';

/** A sweep trains a few seeds at once at most: each has several students. */
export const sweepSeeds = ['1', '2', '3', '5'];

/** What was chosen of a sweep. */
export interface SweepChoice {
  /** The id of the student that is trained at several T. */
  arm: string;
  temperatures: string;
  seeds: string;
}

interface Props {
  choice: SweepChoice;
  onChoice: (choice: SweepChoice) => void;
  /** Students that can be swept. */
  models: readonly NamedModel[];
  /** Null where what was chosen makes none. */
  sweep: Experiment | null;
  /** Why it makes none, or what kept it from beginning. */
  problem: Problem | null;
  /** Runs that are still to be trained, and none is waiting for. */
  left: number;
  isDone: boolean;
  onBegin: () => void;
}

/** Which student, which temperatures, how many seeds, what that takes, and the button that begins. */
export function AskForSweep({ choice, onChoice, models, sweep, problem, left, isDone, onBegin }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.ask}>
      <div className={styles.fields}>
        {models.length > 1 && (
          <NativeSelect
            label={t('overSeeds.learned.arm')}
            value={choice.arm}
            onChange={({ currentTarget }) => onChoice({ ...choice, arm: currentTarget.value })}
            data={models.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextInput
          className={styles.wide}
          label={t('overSeeds.learned.temperatures')}
          description={t('overSeeds.learned.temperaturesMeaning', {
            min: bounds.temperature.min,
            max: bounds.temperature.max,
          })}
          value={choice.temperatures}
          onChange={({ currentTarget }) => onChoice({ ...choice, temperatures: currentTarget.value })}
        />
        <div>
          <span className={styles.label} id="sweep-seeds">
            {t('overSeeds.learned.seeds')}
          </span>
          <SegmentedControl
            aria-labelledby="sweep-seeds"
            value={choice.seeds}
            onChange={(seeds) => onChoice({ ...choice, seeds })}
            data={sweepSeeds}
          />
        </div>
      </div>
      <ProblemBox problem={problem} />
      {sweep && left > 0 && (
        <>
          <Takes experiment={sweep} runs={left} />
          <div>
            <Button disabled={problem !== null} onClick={onBegin}>
              {t('overSeeds.learned.begin')}
            </Button>
          </div>
        </>
      )}
      {sweep && left === 0 && (
        <p className={styles.soft}>{t(`overSeeds.learned.${isDone ? 'nothing' : 'onTheWay'}`)}</p>
      )}
    </section>
  );
}

import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import { presets } from '../../../config/presets';
import { presetGroups } from '../../../config/presets/groups';
import { bundledTeachers } from '../../../config/teachers';
import { textName } from '../../../i18n/textName';
import { useFilling } from '../../../store/filling';
import { useEstimate } from '../../../store/pace';
import { mostSeeds, nextCell, recipeKey, seedOf, type TaskTable, taskOf } from '../../../store/taskTable';
import { usePlayground } from '../../../store/usePlayground';
import { formatDuration } from '../../format';
import classes from '../dialogs.module.css';
import { ProblemBox } from '../files/ProblemBox';
import { recipeName } from './names';
import styles from './taskTable.module.css';

/** Recipes that any table can be filled with. */
const ready: Experiment[] = (presetGroups.find(({ group }) => group === 'tasks')?.presets ?? []).map(
  (name) => presets[name],
);

const every = 'every';

/** Fills the table cell by cell: which recipe, what comes next, and what goes on. */
export function Fill({ table, onWatch }: { table: TaskTable; onWatch: () => void }) {
  const { t } = useTranslation();
  const cell = usePlayground((state) => state.filling);
  const problem = useFilling((state) => state.problem);
  return (
    <section className={styles.fill}>
      <h3>{t('taskTable.fill.title')}</h3>
      <p className={classes.lede}>{t('taskTable.fill.lede', { seeds: mostSeeds })}</p>
      <ProblemBox problem={problem} />
      {cell ? <Going cell={cell} onWatch={onWatch} /> : <Choice table={table} />}
    </section>
  );
}

function Choice({ table: { columns, groups } }: { table: TaskTable }) {
  const { t } = useTranslation();
  const begin = useFilling((state) => state.begin);
  const inTable = useMemo(
    () => groups.filter(({ moved }) => !moved).map(({ experiment }) => experiment),
    [groups],
  );
  const recipes = useMemo(() => {
    const known = new Set(inTable.map(recipeKey));
    return [...inTable, ...ready.filter((recipe) => !known.has(recipeKey(recipe)))];
  }, [inTable]);
  const [choice, setChoice] = useState(every);
  const chosen = recipes.find((recipe) => recipeKey(recipe) === choice);
  // Before there is a table, the first recipe begins it.
  const asked = chosen ? [chosen] : inTable.length > 0 ? inTable : recipes.slice(0, 1);
  const tasks = columns.map(({ task }) => task);
  const results = groups.flatMap((group) => group.results);
  const next = nextCell(asked, tasks, results);
  return (
    <>
      <div className={styles.controls}>
        <NativeSelect
          label={t('taskTable.fill.recipe')}
          value={chosen ? choice : inTable.length > 0 ? every : recipeKey(asked[0])}
          onChange={({ currentTarget }) => setChoice(currentTarget.value)}
          data={[
            ...(inTable.length > 0 ? [{ value: every, label: t('taskTable.fill.every') }] : []),
            ...recipes.map((recipe) => ({
              value: recipeKey(recipe),
              label: recipeName(recipe, false, t),
            })),
          ]}
        />
        <Button disabled={!next} onClick={() => void begin(asked, tasks)}>
          {t('taskTable.fill.begin')}
        </Button>
      </div>
      {next ? <Next cell={next} /> : <p>{t('taskTable.fill.full', { seeds: mostSeeds })}</p>}
    </>
  );
}

function Next({ cell }: { cell: Experiment }) {
  const { t } = useTranslation();
  const { teacher } = cell;
  const seconds = useEstimate(cell, teacher.kind === 'bundled' ? bundledTeachers[teacher.id] : null);
  const values = { name: recipeName(cell, false, t), task: textName(taskOf(cell), t), seed: seedOf(cell) };
  return (
    <p className={classes.lede}>
      {seconds === null
        ? t('taskTable.fill.next', values)
        : t('taskTable.fill.nextTime', { ...values, time: formatDuration(seconds) })}
    </p>
  );
}

function Going({ cell, onWatch }: { cell: Experiment; onWatch: () => void }) {
  const { t } = useTranslation();
  const stop = useFilling((state) => state.stop);
  const { state, step, steps } = usePlayground(({ status }) => status);
  const isPreparing = usePlayground(({ phase, opening }) => phase !== 'ready' || opening !== null);
  const how =
    state === 'finished'
      ? t('taskTable.fill.measuring')
      : isPreparing
        ? t('taskTable.fill.preparing')
        : t('taskTable.fill.step', { step, steps });
  const values = { name: recipeName(cell, false, t), task: textName(taskOf(cell), t), seed: seedOf(cell) };
  return (
    <div className={styles.now}>
      <p>
        <strong>{t('taskTable.fill.now', values)}</strong> · {how}
      </p>
      <Button onClick={stop}>{t('taskTable.fill.stop')}</Button>
      <Button variant="default" onClick={onWatch}>
        {t('taskTable.fill.watch')}
      </Button>
    </div>
  );
}

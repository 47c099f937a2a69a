import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../../config/problems';
import { textName } from '../../i18n/textName';
import { deleteRow, listResults, openRecipe } from '../../store/filling';
import { useResultsKept } from '../../store/resultsKept';
import {
  columnKey,
  type Group,
  recipeKey,
  type TaskResult,
  type TaskTable,
  tableOf,
  taskOf,
} from '../../store/taskTable';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { SaveFigure } from '../figures/SaveFigure';
import { formatList } from '../format';
import classes from './dialogs.module.css';
import { ProblemBox } from './files/ProblemBox';
import { Fill } from './taskTable/Fill';
import { ResultsTable } from './taskTable/ResultsTable';
import { linesOf } from './taskTable/tableLines';
import styles from './taskTable/taskTable.module.css';

/** The papers' table on tasks of our own: what recipes have come to, and how the next cell is filled. */
export function TaskTableDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const kept = useResultsKept((state) => state.count);
  const cell = usePlayground((state) => state.filling);
  const [results, setResults] = useState<TaskResult[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const complain = useCallback((error: unknown) => setProblem(problemOf(error)), []);
  const read = useCallback(() => listResults().then(setResults, complain), [complain]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was kept since is read
  useEffect(() => {
    void read();
  }, [read, kept]);
  const table = useMemo(() => results && tableOf(results), [results]);
  const remove = ({ results }: Group, arm: string) => void deleteRow(results, arm).then(read).catch(complain);

  return (
    <PageDialog title={t('taskTable.title')} size="72rem" onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.lede}>{t('taskTable.lede')}</p>
        <ProblemBox problem={problem} />
        {!table && !problem && <p className={classes.lede}>{t('taskTable.loading')}</p>}
        {table && table.groups.length === 0 && <p className={styles.empty}>{t('taskTable.empty')}</p>}
        {table && table.groups.length > 0 && (
          <section data-figure>
            <div className={styles.save}>
              <SaveFigure title={t('taskTable.title')} numbers={() => linesOf(table, t)} />
            </div>
            <ResultsTable
              table={table}
              filling={cell && { key: recipeKey(cell), column: columnKey(taskOf(cell)) }}
              onOpen={(experiment) => {
                openRecipe(experiment);
                onClose();
              }}
              onDelete={remove}
            />
            <Notes table={table} />
          </section>
        )}
        <p className={classes.lede}>{t('taskTable.papers')}</p>
        {table && <Fill table={table} onWatch={onClose} />}
      </div>
    </PageDialog>
  );
}

/** How the figures are to be read. */
function Notes({ table: { columns, shared, teachers, groups } }: { table: TaskTable }) {
  const { t } = useTranslation();
  const rows = [...teachers.map(({ row }) => row), ...groups.flatMap((group) => group.rows)];
  const figures = rows.flatMap(({ cells }) => Object.values(cells));
  const names = columns.filter(({ key }) => shared.includes(key)).map(({ task }) => textName(task, t));
  return (
    <div className={styles.notes}>
      {figures.some(({ n }) => n === 1) && <p>{t('taskTable.notes.oneSeed')}</p>}
      {figures.some(({ high }) => high !== null) && <p>{t('taskTable.notes.margin')}</p>}
      <p>
        {names.length > 0
          ? t('taskTable.notes.mean', { tasks: formatList(names) })
          : t('taskTable.notes.noMean')}
      </p>
    </div>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import { textName } from '../../../i18n/textName';
import type { Group, Row, TaskTable } from '../../../store/taskTable';
import { formatCompact, formatFixed } from '../../format';
import { ConfirmButton } from '../kept/ConfirmButton';
import { FigureCell } from './FigureCell';
import { armNames, recipeName, teacherName } from './names';
import styles from './taskTable.module.css';

interface ResultsTableProps {
  table: TaskTable;
  /** What is run at the moment: its cells are marked. */
  filling: { key: string; column: string } | null;
  onOpen: (experiment: Experiment) => void;
  onDelete: (group: Group, arm: string) => void;
}

/** Models by tasks, as the papers print them. It scrolls in a box of its own, and names stay in sight. */
export function ResultsTable({ table, filling, onOpen, onDelete }: ResultsTableProps) {
  const { t } = useTranslation();
  const { columns, groups, teachers, shared } = table;
  const figures = (row: Row, isFilling = false) => (
    <Figures
      row={row}
      columns={columns}
      isMeanKnown={shared.length > 0}
      filling={isFilling ? filling?.column : undefined}
    />
  );
  const width = columns.length + 4;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
    <section className={styles.scroll} aria-label={t('taskTable.scroll')} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.hidden}>{t('taskTable.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('taskTable.model')}</th>
            {columns.map(({ key, task, metric }) => (
              <th key={key} scope="col">
                <span dir="auto">{textName(task, t)}</span>
                <small>{t(`taskTable.metric.${metric}`)}</small>
              </th>
            ))}
            <th scope="col" className={styles.total}>
              {t('taskTable.mean')}
            </th>
            <th scope="col">{t('taskTable.kept')}</th>
            <th scope="col">{t('taskTable.parameters')}</th>
            <th scope="col">
              <span className={styles.hidden}>{t('taskTable.actions')}</span>
            </th>
          </tr>
        </thead>
        {teachers.length > 0 && (
          <tbody>
            <Heading width={width} name={t('taskTable.teachers')} />
            {teachers.map(({ key, experiment, row }) => (
              <tr key={key}>
                <th scope="row">{teacherName(experiment, t)}</th>
                {figures(row)}
                <td />
              </tr>
            ))}
          </tbody>
        )}
        {groups.map((group) => {
          const { key, experiment, moved, rows } = group;
          const name = recipeName(experiment, moved, t);
          const names = armNames(experiment, t);
          return (
            <tbody key={key}>
              <Heading width={width} name={name}>
                <Button
                  variant="default"
                  size="compact-xs"
                  aria-label={t('taskTable.openNamed', { name })}
                  onClick={() => onOpen(experiment)}
                >
                  {t('taskTable.open')}
                </Button>
              </Heading>
              {rows.map((row) => {
                const own = names.get(row.arm!) ?? row.arm!;
                return (
                  <tr key={row.arm}>
                    <th scope="row">{own}</th>
                    {figures(row, filling?.key === key)}
                    <td>
                      <ConfirmButton
                        label={t('taskTable.delete')}
                        confirmLabel={t('taskTable.confirm')}
                        name={t('taskTable.deleteNamed', { name: own })}
                        onConfirm={() => onDelete(group, row.arm!)}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}

function Heading({ width, name, children }: { width: number; name: string; children?: ReactNode }) {
  return (
    <tr className={styles.heading}>
      <th scope="rowgroup" colSpan={width + 1}>
        <span className={styles.recipe}>
          {name}
          {children}
        </span>
      </th>
    </tr>
  );
}

interface FiguresProps {
  row: Row;
  columns: TaskTable['columns'];
  /** False where no task is every row's. */
  isMeanKnown: boolean;
  /** The column that is being run. */
  filling: string | undefined;
}

function Figures({ row: { cells, mean, kept, parameters }, columns, isMeanKnown, filling }: FiguresProps) {
  return (
    <>
      {columns.map(({ key }) => (
        <FigureCell key={key} figure={cells[key]} isFilling={filling === key} />
      ))}
      <FigureCell figure={isMeanKnown && mean.n > 0 ? mean : undefined} isTotal />
      <td>{kept === null ? '–' : `${formatFixed(kept, 1)}\u00a0%`}</td>
      <td>{formatCompact(parameters)}</td>
    </>
  );
}

import { Button, Group, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../../../config/problems';
import type { FoundRows, VariedRow } from '../../../config/variants';
import { usePlayground } from '../../../store/usePlayground';
import { formatCount } from '../../format';
import { useProblemWords } from '../../useProblemWords';
import type { Task } from '../../useTask';
import dialogs from '../dialogs.module.css';
import { RowText } from './RowText';
import { Said } from './Said';
import styles from './task.module.css';
import { Variants } from './Variants';

/** A search is asked once typing pauses, in milliseconds. */
const searchAfter = 150;

/** One training row, chosen by steps, at random or by what it says, with its variants. */
export function VariedRows({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { variantsOf } = usePlayground((state) => state.actions);
  const words = useProblemWords();
  const [row, setRow] = useState(0);
  const [shown, setShown] = useState<VariedRow | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    let current = true;
    variantsOf(row).then(
      (varied) => {
        if (!current) return;
        setShown(varied);
        setProblem(null);
      },
      (error: unknown) => current && setProblem(problemOf(error)),
    );
    return () => {
      current = false;
    };
  }, [variantsOf, row]);

  const rows = shown?.rows ?? 1;
  const said = problem && words(problem);
  return (
    <section className={styles.group}>
      <h3>{t('taskViews.variants.oneRow')}</h3>
      <div className={styles.chooser}>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            aria-label={t('taskViews.variants.before')}
            onClick={() => setRow((row + rows - 1) % rows)}
          >
            <span aria-hidden>←</span>
          </Button>
          <Button
            variant="default"
            size="xs"
            aria-label={t('taskViews.variants.next')}
            onClick={() => setRow((row + 1) % rows)}
          >
            <span aria-hidden>→</span>
          </Button>
          <Button variant="default" size="xs" onClick={() => setRow(otherThan(row, rows))}>
            {t('taskViews.variants.random')}
          </Button>
          <span className={dialogs.lede}>
            {t('taskViews.variants.position', { row: formatCount(row + 1), rows: formatCount(rows) })}
          </span>
        </Group>
        <Search onChoose={setRow} />
      </div>
      {said && (
        <div className={dialogs.problem} role="alert">
          <strong>{said.title}</strong>
          <p>{said.text}</p>
        </div>
      )}
      {shown && (
        <div aria-busy={shown.row !== row}>
          <div className={styles.original}>
            <RowText a={shown.a} b={shown.b} />
            <p className={styles.verdict}>
              {t('taskViews.variants.labelled', { label: task.labels[shown.label] })}
              {shown.said && (
                <>
                  {' '}
                  {t('taskViews.variants.teacher')}{' '}
                  <Said guess={shown.said} label={shown.label} labels={task.labels} />
                </>
              )}
            </p>
          </div>
          <Variants shown={shown} labels={task.labels} />
        </div>
      )}
    </section>
  );
}

/** Another row, drawn with equal chance, where there is one. */
function otherThan(row: number, rows: number): number {
  if (rows < 2) return row;
  const drawn = Math.floor(Math.random() * (rows - 1));
  return drawn < row ? drawn : drawn + 1;
}

/** A field, and the rows that hold what is typed into it. */
function Search({ onChoose }: { onChoose: (row: number) => void }) {
  const { t } = useTranslation();
  const { findRows } = usePlayground((state) => state.actions);
  const [text, setText] = useState('');
  const [found, setFound] = useState<FoundRows | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    setFound(null);
    if (!wanted) return;
    let current = true;
    const timer = setTimeout(() => {
      findRows(wanted).then(
        (rows) => current && setFound(rows),
        () => {},
      );
    }, searchAfter);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [findRows, wanted]);
  return (
    <div className={styles.search}>
      <TextInput
        size="xs"
        aria-label={t('taskViews.variants.search')}
        placeholder={t('taskViews.variants.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={dialogs.lede} aria-live="polite">
        {found && t('taskViews.variants.found', { count: found.found })}
      </p>
      {found && found.rows.length > 0 && (
        <ul>
          {found.rows.map(({ row, a, b }) => (
            <li key={row}>
              <button
                type="button"
                className={styles.find}
                onClick={() => {
                  onChoose(row);
                  setText('');
                }}
              >
                {b === undefined ? a : `${a} / ${b}`}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

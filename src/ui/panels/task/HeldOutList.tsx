import { Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldOutGuesses } from '../../../config/results';
import { ModelMark } from '../../controls/ModelMark';
import { formatCount } from '../../format';
import type { NamedModel } from '../../useModelNames';
import dialogs from '../dialogs.module.css';
import type { MatrixCell } from './heldOutRows';
import { RowText } from './RowText';
import { Said } from './Said';
import styles from './task.module.css';

interface Props {
  guesses: HeldOutGuesses;
  /** In words, by index. */
  labels: readonly string[];
  models: readonly NamedModel[];
  /** Indices of the rows that are shown, in order. */
  rows: readonly number[];
  /** The cell that they are of, if any. */
  cell: MatrixCell | null;
  onAllCells: () => void;
}

/** Rows that are shown at a time. */
const pageSize = 20;

/** Held-out rows, a page at a time: text, label, and what every model says of it. */
export function HeldOutList({ guesses, labels, models, rows, cell, onAllCells }: Props) {
  const { t } = useTranslation();
  const [page, setPage] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const turn = (to: number) => {
    setPage(to);
    heading.current?.focus();
  };
  return (
    <section className={styles.list}>
      <div className={dialogs.line}>
        <h3 ref={heading} tabIndex={-1} aria-live="polite">
          {cell
            ? t('taskViews.heldOut.rowsOfCell', {
                count: rows.length,
                label: labels[cell.label],
                said: labels[cell.said],
              })
            : t('taskViews.heldOut.rows', { count: rows.length })}
        </h3>
        {cell && (
          <button type="button" className={dialogs.link} onClick={onAllCells}>
            {t('taskViews.heldOut.allCells')}
          </button>
        )}
      </div>
      {rows.length === 0 && <p className={dialogs.lede}>{t('taskViews.heldOut.none')}</p>}
      <ol className={styles.rows} start={page * pageSize + 1}>
        {rows.slice(page * pageSize, (page + 1) * pageSize).map((row) => {
          const { label, a, b } = guesses.rows[row];
          return (
            <li key={row}>
              <RowText a={a} b={b} />
              <dl className={styles.answers}>
                <div>
                  <dt>{t('taskViews.heldOut.label')}</dt>
                  <dd>
                    <b>{labels[label]}</b>
                  </dd>
                </div>
                {models.map(({ id, name, style }) => (
                  <div key={id}>
                    <dt>
                      <ModelMark name={name} style={style} />
                    </dt>
                    <dd>
                      <Said guess={guesses.guesses[id][row]} label={label} labels={labels} />
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          );
        })}
      </ol>
      {pages > 1 && (
        <Group gap="xs" justify="center">
          <Button variant="default" size="xs" disabled={page === 0} onClick={() => turn(page - 1)}>
            {t('taskViews.earlier')}
          </Button>
          <span className={dialogs.lede}>
            {t('taskViews.page', { page: formatCount(page + 1), pages: formatCount(pages) })}
          </span>
          <Button variant="default" size="xs" disabled={page + 1 >= pages} onClick={() => turn(page + 1)}>
            {t('taskViews.later')}
          </Button>
        </Group>
      )}
    </section>
  );
}

import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import { type MatrixCell, movedTo } from './heldOutRows';
import styles from './task.module.css';

interface Props {
  /** [C][C], by label and by what the model says. */
  matrix: readonly (readonly number[])[];
  /** In words, by index. */
  labels: readonly string[];
  model: NamedModel;
  chosen: MatrixCell | null;
  onChoose: (cell: MatrixCell | null) => void;
}

/** Of as many labels their names stand upright over the columns. */
const uprightFrom = 5;

/**
 * What a model takes for what: a row for each label, a column for each thing that it says, shaded by the share of the label's
 * rows. A press on a cell shows its rows; the arrow keys move through the cells.
 */
export function ConfusionMatrix({ matrix, labels, model, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<MatrixCell>({ label: 0, said: 0 });
  const press = (event: KeyboardEvent) => {
    const next = movedTo(focused, event.key, labels.length);
    if (!next) return;
    event.preventDefault();
    setFocused(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.label} ${next.said}"]`)?.focus();
  };
  const is = (cell: MatrixCell | null, label: number, said: number) =>
    cell?.label === label && cell.said === said;
  return (
    <div className={styles.scroll}>
      <table ref={table} className={styles.matrix}>
        <caption className="visuallyHidden">
          {t('taskViews.heldOut.matrix', { model: spoken(model.name) })}
        </caption>
        <thead>
          <tr>
            <td className={styles.corner} aria-hidden>
              <span className={styles.across}>{t('taskViews.heldOut.says')}</span>
              <span className={styles.down}>{t('taskViews.heldOut.label')}</span>
            </td>
            {labels.map((name) => (
              <th key={name} scope="col" className={styles.column}>
                <span className={labels.length >= uprightFrom ? styles.upright : undefined}>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((counts, label) => {
            const all = counts.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={labels[label]}>
                <th scope="row" className={styles.line}>
                  {labels[label]}
                </th>
                {counts.map((count, said) => (
                  <td key={labels[said]}>
                    <button
                      type="button"
                      className={styles.cell}
                      data-cell={`${label} ${said}`}
                      data-right={label === said || undefined}
                      style={
                        {
                          '--share': all > 0 ? count / all : 0,
                          '--color': model.style.color,
                        } as CSSProperties
                      }
                      tabIndex={is(focused, label, said) ? 0 : -1}
                      aria-pressed={is(chosen, label, said)}
                      aria-label={t('taskViews.heldOut.cell', {
                        count,
                        of: formatCount(all),
                        label: labels[label],
                        said: labels[said],
                      })}
                      onFocus={() => setFocused({ label, said })}
                      onKeyDown={press}
                      onClick={() => onChoose(is(chosen, label, said) ? null : { label, said })}
                    >
                      {formatCount(count)}
                    </button>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

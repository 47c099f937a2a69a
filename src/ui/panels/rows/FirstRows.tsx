import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowsPreview } from '../../../config/rowsPreview';
import styles from './rows.module.css';
import { useColumnNames } from './useColumnNames';

/** Enough to see what is what, and few enough to leave what follows on the screen. */
const shownRows = 6;

/** The first rows as they stand in the file; columns say what they are taken for. */
export function FirstRows({ preview }: { preview: RowsPreview }) {
  const { t } = useTranslation();
  const heading = useId();
  const names = useColumnNames(preview);
  const { columns, firstRows } = preview;
  const roleOf = (column: number) => (['label', 'a', 'b'] as const).find((role) => columns[role] === column);
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h4 id={heading}>{t('rows.table.title')}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('rows.table.scroll')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {names.map((name, column) => {
                const role = roleOf(column);
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name that is theirs alone
                  <th key={column} scope="col" data-role={role}>
                    <span dir="auto">{name}</span>
                    {role && <small>{t(`rows.layout.${role}`)}</small>}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {firstRows.slice(0, shownRows).map((fields, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows may be alike, and never move
              <tr key={row}>
                {fields.map((field, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={column} data-role={roleOf(column)} dir="auto">
                    {field}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

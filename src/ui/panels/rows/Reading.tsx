import { Checkbox, NativeSelect } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type RowsColumns,
  type RowsCorrections,
  type RowsFormat,
  type RowsLook,
  rowsFormats,
} from '../../../config/rowsPreview';
import classes from '../dialogs.module.css';
import styles from './rows.module.css';
import { useColumnNames } from './useColumnNames';

interface ReadingProps {
  look: RowsLook;
  onCorrect: (corrections: RowsCorrections) => void;
}

const roles = ['label', 'a', 'b'] as const;
/** Checkboxes in the page's ink, dark or light. */
const check = { size: 'xs', color: 'var(--ink)', iconColor: 'var(--card)' } as const;
/** So many different values were looked for at most. */
const mostDistinct = 1000;

/** How the file becomes rows: what parts the columns, and which is what. A correction shows at once, before it was read. */
export function Reading({ look, onCorrect }: ReadingProps) {
  const { t } = useTranslation();
  const heading = useId();
  const { preview } = look;
  const names = useColumnNames(preview);
  const [asked, setAsked] = useState<RowsCorrections>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look is what ends the asking
  useEffect(() => setAsked({}), [look]);
  const layout = asked.layout ?? look.layout;
  const columns = asked.columns ?? preview?.columns;
  const correct = (corrections: RowsCorrections) => {
    setAsked(corrections);
    onCorrect(corrections);
  };
  const withColumns = (changed: RowsColumns) => layout && correct({ layout, columns: changed });

  const choose = (role: (typeof roles)[number], value: string) => {
    if (!columns) return;
    const column = value === '' ? null : Number(value);
    // Whatever had this column gets the one that becomes free.
    const other = roles.find((one) => one !== role && columns[one] === column && column !== null);
    const changed = { ...columns, [role]: column, ...(other && { [other]: columns[role] }) };
    // A label or a first text there must be.
    if (changed.label !== null && changed.a !== null) withColumns(changed as RowsColumns);
  };
  const optionsFor = (role: (typeof roles)[number]) =>
    names.map((name, column) => {
      const { distinct: count } = preview!.columnFacts[column];
      // Of a label it tells what may be one; of texts it says nothing.
      const isTold = role === 'label' && count < mostDistinct;
      return { value: String(column), label: isTold ? t('rows.layout.option', { name, count }) : name };
    });
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h4 id={heading}>{t('rows.layout.title')}</h4>
      <p className={classes.lede}>{t('rows.layout.lede')}</p>
      <div className={styles.fields}>
        <NativeSelect
          size="xs"
          label={t('rows.layout.format')}
          value={layout?.format ?? ''}
          data={[
            ...(layout ? [] : [{ value: '', label: '' }]),
            ...rowsFormats.map((format) => ({ value: format, label: t(`tasks.rows.format.${format}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const format = value as RowsFormat;
            // Other columns then, which are guessed anew.
            if (value !== '') correct({ layout: { format, quotes: format !== 'jsonLines' } });
          }}
        />
        {columns &&
          roles.map((role) => (
            <NativeSelect
              key={role}
              size="xs"
              label={t(`rows.layout.${role}`)}
              value={String(columns[role] ?? '')}
              data={[
                ...(role === 'b' ? [{ value: '', label: t('rows.layout.none') }] : []),
                ...optionsFor(role),
              ]}
              onChange={(event) => choose(role, event.currentTarget.value)}
            />
          ))}
      </div>
      {layout && layout.format !== 'jsonLines' && (
        <div className={styles.checks}>
          {columns && (
            <Checkbox
              {...check}
              label={t('rows.layout.header')}
              checked={columns.header}
              onChange={(event) => withColumns({ ...columns, header: event.currentTarget.checked })}
            />
          )}
          <Checkbox
            {...check}
            label={t('rows.layout.quotes')}
            checked={layout.quotes}
            onChange={(event) => {
              const { format } = layout;
              correct({
                layout: { format, quotes: event.currentTarget.checked },
                ...(columns && { columns }),
              });
            }}
          />
        </div>
      )}
    </section>
  );
}

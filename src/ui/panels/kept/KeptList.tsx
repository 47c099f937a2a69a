import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatMoment } from '../../format';
import { ConfirmButton } from './ConfirmButton';
import classes from './kept.module.css';

export interface KeptRow {
  id: string;
  name: string;
  /** Sentences or figures behind the name, before date and size. */
  details: string[];
  /** Milliseconds since 1970; 0 where that is not known. */
  savedAt: number;
  bytes: number;
  /** Why it can't be deleted now. */
  inUse?: string;
  action?: ReactNode;
}

interface KeptListProps {
  title: string;
  lede?: string;
  rows: KeptRow[];
  onDelete: (id: string) => void;
}

/** One kind of what is kept, each with its date, its size and a way to delete it. */
export function KeptList({ title, lede, rows, onDelete }: KeptListProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <section className={classes.kind}>
      <h3>{title}</h3>
      {lede && <p className={classes.lede}>{lede}</p>}
      <ul className={classes.rows}>
        {rows.map(({ id, name, details, savedAt, bytes, inUse, action }) => (
          <li key={id}>
            <div className={classes.what}>
              <strong dir="auto">{name}</strong>
              <span>
                {[
                  ...details,
                  ...(savedAt > 0 ? [formatMoment(savedAt)] : []),
                  ...(bytes > 0 ? [formatBytes(bytes)] : []),
                ].join(' · ')}
              </span>
              {inUse && <span>{inUse}</span>}
            </div>
            <div className={classes.actions}>
              {action}
              <ConfirmButton
                label={t('kept.delete')}
                confirmLabel={t('kept.confirm')}
                name={t('kept.deleteNamed', { name })}
                disabled={inUse !== undefined}
                onConfirm={() => onDelete(id)}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

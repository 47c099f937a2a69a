import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowsPreview } from '../../../config/rowsPreview';
import { formatCount } from '../../format';
import styles from './rows.module.css';

/** How many rows each label has. */
export function LabelBars({ labels, unlisted }: Pick<RowsPreview, 'labels' | 'unlisted'>) {
  const { t } = useTranslation();
  const heading = useId();
  const most = Math.max(1, ...labels.map(({ rows }) => rows));
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h4 id={heading}>{t('rows.labels.title', { count: labels.length + unlisted })}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className={styles.labels} tabIndex={0} aria-label={t('rows.labels.scroll')}>
        <ul>
          {labels.map(({ name, rows }) => (
            <li key={name}>
              <span dir="auto">{name}</span>
              <span className={styles.track}>
                <span className={styles.bar} style={{ width: `${(100 * rows) / most}%` }} />
              </span>
              <span>{formatCount(rows)}</span>
            </li>
          ))}
        </ul>
        {unlisted > 0 && <p>{t('rows.labels.unlisted', { count: unlisted })}</p>}
      </section>
    </section>
  );
}

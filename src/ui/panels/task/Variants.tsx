import { useTranslation } from 'react-i18next';
import type { Exchange, VariedRow } from '../../../config/variants';
import { formatFixed, formatProbability } from '../../format';
import dialogs from '../dialogs.module.css';
import { RowText } from './RowText';
import { Said } from './Said';
import styles from './task.module.css';

interface Props {
  shown: VariedRow;
  /** In words, by index. */
  labels: readonly string[];
}

/** The variants of a row: what was exchanged and why, and whether the task's teacher still says the label. */
export function Variants({ shown: { variants, label }, labels }: Props) {
  const { t } = useTranslation();
  if (variants.length === 0) return <p className={dialogs.lede}>{t('taskViews.variants.none')}</p>;
  return (
    <ol className={styles.rows} aria-label={t('taskViews.variants.list')}>
      {variants.map(({ a, b, exchanges, said }) => (
        <li key={`${a}\n${b}`} className={styles.variant}>
          <div>
            <RowText a={a} b={b} exchanges={exchanges} />
            <ul className={styles.exchanges}>
              {[...exchanges.a, ...exchanges.b].map((exchange) => (
                <li key={`${exchange.from} ${exchange.start} ${exchange.to}`}>
                  <Exchanged exchange={exchange} />
                </li>
              ))}
            </ul>
          </div>
          {said && (
            <p className={styles.verdict}>
              <Said guess={said} label={label} labels={labels} />
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Exchanged({ exchange: { from, to, source, score } }: { exchange: Exchange }) {
  const { t } = useTranslation();
  return (
    <>
      <s>{from}</s> <span aria-hidden>→</span>
      <span className="visuallyHidden">{t('taskViews.variants.became')}</span> {to}{' '}
      <span className={styles.why}>
        {source === 'teacher'
          ? t('taskViews.variants.byTeacher', { probability: formatProbability(score) })
          : t('taskViews.variants.byVectors', { cosine: formatFixed(score, 2) })}
      </span>
    </>
  );
}

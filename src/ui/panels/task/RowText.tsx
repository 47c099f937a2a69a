import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../../config/variants';
import styles from './task.module.css';
import { partsOfVariant } from './variantParts';

interface Props {
  a: string;
  /** The second text of a pair. */
  b?: string;
  /** What was exchanged in a variant, which is marked. */
  exchanges?: { a: readonly Exchange[]; b: readonly Exchange[] };
}

const unchanged = { a: [], b: [] };

/** The text of a row, or its two texts under their letters. */
export function RowText({ a, b, exchanges = unchanged }: Props) {
  const { t } = useTranslation();
  if (b === undefined) {
    return (
      <p className={styles.text}>
        <Marked text={a} exchanges={exchanges.a} />
      </p>
    );
  }
  return (
    <div className={styles.text}>
      <p>
        <span className={styles.letter}>{t('predictions.task.first')}</span>
        <Marked text={a} exchanges={exchanges.a} />
      </p>
      <p>
        <span className={styles.letter}>{t('predictions.task.second')}</span>
        <Marked text={b} exchanges={exchanges.b} />
      </p>
    </div>
  );
}

function Marked({ text, exchanges }: { text: string; exchanges: readonly Exchange[] }) {
  return partsOfVariant(text, exchanges).map(({ text, exchange }, index) =>
    exchange ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a variant's parts never change places
      <mark key={index} className={styles.mark} data-source={exchange.source}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}

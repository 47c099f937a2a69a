import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptShare, LabelKept } from '../../../config/variants';
import { formatCount, formatPercent } from '../../format';
import styles from './task.module.css';

interface Props {
  kept: LabelKept;
  /** In words, by index. */
  labels: readonly string[];
}

/** From so many exchanged words on, variants are counted together. */
const manyWords = 6;

/** Of how many variants the teacher keeps the label: of all, and by what they are. */
export function KeptShares({ kept, labels }: Props) {
  const { t } = useTranslation();
  const { all, byLabel, bySource, byExchanges } = kept;
  const tables: [title: string, rows: [name: string, share: KeptShare][]][] = [
    [t('taskViews.variants.byLabel'), byLabel.map((share, label) => [labels[label], share])],
    [
      t('taskViews.variants.byWords'),
      [
        ...byExchanges
          .slice(0, manyWords)
          .map((share, count): [string, KeptShare] => [t('taskViews.variants.words', { count }), share]),
        [t('taskViews.variants.wordsFrom', { count: manyWords }), together(byExchanges.slice(manyWords))],
      ],
    ],
    [
      t('taskViews.variants.bySource'),
      (['teacher', 'vectors', 'both'] as const).map((source) => [
        t(`taskViews.variants.source.${source}`),
        bySource[source],
      ]),
    ],
  ];
  return (
    <>
      <p className={styles.headline}>
        {t('taskViews.variants.keptOfAll', {
          percent: formatPercent(all.share ?? 0),
          count: all.variants,
        })}
      </p>
      <div className={styles.tables}>
        {tables.map(([title, rows]) => (
          <table key={title} className={styles.shares}>
            <thead>
              <tr>
                <th scope="col">{title}</th>
                <th scope="col">{t('taskViews.variants.share')}</th>
                <th scope="col">{t('taskViews.variants.number')}</th>
              </tr>
            </thead>
            <tbody>
              {rows
                .filter(([, { variants }]) => variants > 0)
                .map(([name, { share, variants }]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>
                      <span className={styles.shareBar} style={{ '--share': share ?? 0 } as CSSProperties} />
                      {formatPercent(share ?? 0, 0)}
                    </td>
                    <td>{formatCount(variants)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      </div>
    </>
  );
}

function together(shares: readonly KeptShare[]): KeptShare {
  const kept = shares.reduce((sum, share) => sum + share.kept, 0);
  const variants = shares.reduce((sum, share) => sum + share.variants, 0);
  return { kept, variants, share: variants > 0 ? kept / variants : null };
}

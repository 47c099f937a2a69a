import { useTranslation } from 'react-i18next';
import { type ArmLedger, pullIn } from '../../../config/ledger';
import { termOf } from '../../../methods/registry';
import { Notation } from '../../controls/Notation';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatPercent } from '../../format';
import type { ModelStyle } from '../../modelStyle';
import { shareCells, tintOf, type Where } from './figures';
import styles from './ledger.module.css';
import { usePartNames } from './usePartNames';

interface Props {
  ledger: ArmLedger;
  style: ModelStyle;
  step: number;
  /** The part that the other figures are about. */
  where: Where;
  onWhere: (where: Where) => void;
}

/** Part by part how long the gradient of each term is beside the others, and how much of them is left in their sum. */
export function Shares({ ledger, style, step, where, onWhere }: Props) {
  const { t } = useTranslation();
  const partName = usePartNames();
  const { terms } = ledger;
  // A loss that does not reach a part has no share in it, which is not a small one.
  const percent = (share: number | null) => (share ? formatPercent(share, 0) : '–');
  const title = t('ledger.shares.title');
  const columns = ['part', 'term', 'norm', 'share', 'sum', 'left'] as const;
  return (
    <section className={styles.figure} data-figure>
      <div className={styles.head}>
        <h3>{title}</h3>
        <SaveFigure
          title={title}
          step={step}
          numbers={() =>
            shareCells(
              ledger,
              columns.map((column) => t(`ledger.file.${column}`)),
              partName,
            )
          }
        />
      </div>
      <div className={styles.scroll}>
        <table className={styles.table} style={{ '--color': style.color } as React.CSSProperties}>
          <thead>
            <tr>
              <th scope="col">{t('ledger.shares.part')}</th>
              <td className={styles.wide} />
              {terms.map((term, i) => (
                <th key={term} scope="col">
                  <i className={styles.swatch} style={{ '--tint': `${tintOf(i)}%` } as React.CSSProperties} />
                  <Notation symbol={termOf(term).symbol} />
                </th>
              ))}
              <th scope="col">{t('ledger.shares.left')}</th>
            </tr>
          </thead>
          <tbody>
            {(['all', ...ledger.parts] as const).map((part) => {
              const pull = pullIn(ledger, part)!;
              return (
                <tr key={part} data-chosen={part === where || undefined}>
                  <th scope="row">
                    <button type="button" aria-pressed={part === where} onClick={() => onWhere(part)}>
                      {partName(part)}
                    </button>
                  </th>
                  <td className={styles.wide} aria-hidden="true">
                    <div className={styles.bar}>
                      {terms.map((term, i) => {
                        const share = pull.share(i);
                        const look = { '--tint': `${tintOf(i)}%`, '--share': share };
                        return share ? <i key={term} style={look as React.CSSProperties} /> : null;
                      })}
                    </div>
                  </td>
                  {terms.map((term, i) => (
                    <td key={term}>{percent(pull.share(i))}</td>
                  ))}
                  <td className={styles.left}>{percent(pull.kept)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>{t('ledger.shares.note')}</p>
      <p className={styles.note}>{t('ledger.shares.leftNote')}</p>
      <p className={styles.note} data-no-figure>
        {t('ledger.shares.choose')}
      </p>
    </section>
  );
}

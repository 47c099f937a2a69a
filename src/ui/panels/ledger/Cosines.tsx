import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { type ArmLedger, pullIn, rightAngle, togetherOf } from '../../../config/ledger';
import { termOf } from '../../../methods/registry';
import { Notation } from '../../controls/Notation';
import { Typeset } from '../../controls/Typeset';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatFixed } from '../../format';
import { cosineCells, leastTogether, signed, type Where } from './figures';
import styles from './ledger.module.css';
import { usePartNames } from './usePartNames';

interface Props {
  ledger: ArmLedger;
  step: number;
  where: Where;
}

/** Whether the terms pull the same way in one part: the cosine of every two gradients, and of each with the sum. */
export function Cosines({ ledger, step, where }: Props) {
  const { t } = useTranslation();
  const partName = usePartNames();
  const pull = pullIn(ledger, where);
  if (!pull) return null;
  const { terms } = pull;
  const title = t('ledger.cosines.title', { part: partName(where) });
  const least = leastTogether(pull);
  const cell = (key: string, cosine: number | null) => {
    if (cosine === null) return <td key={key}>–</td>;
    const how = togetherOf(cosine);
    return (
      <td key={key} data-how={how} style={{ '--strength': Math.abs(cosine) } as React.CSSProperties}>
        <b>{signed(cosine)}</b>
        <small>{t(`ledger.cosines.${how}`)}</small>
      </td>
    );
  };
  const symbol = (i: number) => <Notation symbol={termOf(terms[i]).symbol} />;
  return (
    <section className={styles.figure} data-figure>
      <div className={styles.head}>
        <h3>{title}</h3>
        <SaveFigure
          title={title}
          step={step}
          numbers={() =>
            cosineCells(
              ledger,
              (['part', 'term', 'with', 'cosine'] as const).map((column) => t(`ledger.file.${column}`)),
              partName,
              t('ledger.cosines.sum'),
            )
          }
        />
      </div>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <td />
              {terms.slice(0, -1).map((term, i) => (
                <th key={term} scope="col">
                  {symbol(i)}
                </th>
              ))}
              <th scope="col">{t('ledger.cosines.sum')}</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term, i) => (
              <tr key={term}>
                <th scope="row">{symbol(i)}</th>
                {terms.slice(0, -1).map((other, j) => (
                  <Fragment key={other}>
                    {j < i ? cell(other, pull.cosine(i, j)) : <td className={styles.none} />}
                  </Fragment>
                ))}
                {cell('sum', pull.cosineWithSum(i))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {least && (
        <p className={styles.said}>
          <Typeset>
            {t(`ledger.cosines.least.${togetherOf(least.cosine)}`, {
              part: partName(where, 'in'),
              one: termOf(least.terms[0]).symbol,
              other: termOf(least.terms[1]).symbol,
              cosine: signed(least.cosine),
            })}
          </Typeset>
        </p>
      )}
      <p className={styles.note}>{t('ledger.cosines.note', { bound: formatFixed(rightAngle, 1) })}</p>
    </section>
  );
}

import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowsFit, RowsLeftOut, RowsPreview } from '../../../config/rowsPreview';
import { formatCount, formatPercent } from '../../format';
import classes from '../dialogs.module.css';
import styles from './rows.module.css';

interface ResultProps {
  preview: RowsPreview;
  fit: RowsFit | null;
}

/** A fifth is promised; below this share it is said why there are fewer. */
const fewHeldOut = 0.1;

/** What the rows amount to: how many on which side, what is left out and why, and what the model makes of them. */
export function Result({ preview, fit }: ResultProps) {
  const { t } = useTranslation();
  const heading = useId();
  const { train, heldOut, leftOut, metric, problem } = preview;
  const kinds = (Object.keys(leftOut) as (keyof RowsLeftOut)[]).filter((kind) => leftOut[kind] > 0);
  const lost = kinds.reduce((sum, kind) => sum + leftOut[kind], 0);
  const facts = [
    ...(problem
      ? []
      : [
          [t('rows.result.train'), formatCount(train)],
          [t('rows.result.heldOut'), formatCount(heldOut)],
          [t('rows.result.metric'), t(`tasks.metric.${metric}.name`)],
        ]),
    ...(fit
      ? [
          [t('rows.result.unknown'), formatPercent(fit.unknownShare)],
          [t('rows.result.cut', { positions: fit.positions }), formatCount(fit.cut)],
        ]
      : []),
    [t('rows.result.leftOut'), formatCount(lost)],
  ];
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h4 id={heading}>{t('rows.result.title')}</h4>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!problem && heldOut < fewHeldOut * (train + heldOut) && (
        <p className={styles.warning}>{t('rows.result.few', { heldOut, rows: train + heldOut })}</p>
      )}
      {kinds.length > 0 && (
        <ul className={styles.kinds}>
          {kinds.map((kind) => (
            <li key={kind}>{t(`tasks.rows.leftOut.${kind}`, { count: leftOut[kind] })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

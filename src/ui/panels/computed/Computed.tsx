import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { lossTerms } from '../../../config/experiment';
import { computed } from '../../../i18n/en/computed';
import { Formula } from '../../controls/Formula';
import { Term } from '../../controls/Term';
import { formulas, symbols } from '../../formulas';
import { texOf } from '../../symbols';
import dialogs from '../dialogs.module.css';
import styles from './computed.module.css';

/** In the order in which they are shown. */
const entries = [
  ...(['softened', 'ce', 'mlm', 'cos', 'mse', 'attn', 'hidn', 'total', 'update'] as const),
  ...(['masks', 'heldOut'] as const),
];
type Entry = (typeof entries)[number];
/** Those without a formula are said in words. */
const written: Partial<Record<Entry, string>> = formulas;
const differences = Object.keys(computed.rows) as (keyof typeof computed.rows)[];
const sides = ['there', 'here', 'why'] as const;

/** What the words name: of AdamW (optim/adamw.ts), and of the held-out evaluation (train/trainer.ts). */
export const figures = { beta1: 0.9, beta2: 0.98, epsilon: '10⁻⁶', sequences: 16 };

/** Words whose symbols, such as L_ce, are set as in the formulas. */
function Typeset({ words }: { words: string }) {
  const pieces = words.split(/\b([A-Z]_[a-z]+)\b/).map((text, index) => ({ text, index }));
  return pieces.map(({ text, index }) =>
    index % 2 === 1 ? <Term key={index} symbol={text} /> : <Fragment key={index}>{text}</Fragment>,
  );
}

/** What symbols mean, by the entry that they stand in: the m of a layer is not that of an update. */
function useMeanings(): Partial<Record<Entry, Record<string, string>>> {
  const { t } = useTranslation();
  return useMemo(() => {
    const softening = { [symbols.temperature]: t('shell.temperature.symbol') };
    const layers = {
      [symbols.studentLayer]: t('experiment.objective.symbols.m'),
      [symbols.studentLayers]: t('experiment.objective.symbols.layers'),
      [symbols.mapping]: t('experiment.objective.symbols.g'),
    };
    const losses = Object.fromEntries(
      lossTerms.map((term) => [texOf(t(`common.lossSymbol.${term}`)), t(`experiment.objective.${term}`)]),
    );
    return { softened: softening, ce: softening, attn: layers, hidn: layers, total: losses };
  }, [t]);
}

export function Computed() {
  const { t } = useTranslation();
  const meanings = useMeanings();
  return (
    <div className={dialogs.stack}>
      <p className={dialogs.lede}>{t('computed.lede')}</p>
      <section className={styles.section} aria-labelledby="computed-formulas">
        <h3 id="computed-formulas">{t('computed.formulas')}</h3>
        {entries.map((name) => (
          <div key={name} className={styles.entry}>
            <h4>{t(`computed.${name}.title`)}</h4>
            {written[name] && <Formula tex={written[name]} display symbols={meanings[name]} />}
            <p>
              <Typeset words={t(`computed.${name}.text`, figures)} />
            </p>
          </div>
        ))}
        <p className={styles.checked}>{t('computed.checked')}</p>
      </section>
      <section className={styles.section} aria-labelledby="computed-differences">
        <h3 id="computed-differences">{t('computed.differences')}</h3>
        {differences.map((name) => (
          <div key={name} className={styles.entry}>
            <h4>{t(`computed.rows.${name}.title`)}</h4>
            <dl className={styles.sides}>
              {sides.map((side) => (
                <div key={side}>
                  <dt>{t(`computed.${side}`)}</dt>
                  <dd>
                    <Typeset words={t(`computed.rows.${name}.${side}`)} />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </section>
    </div>
  );
}

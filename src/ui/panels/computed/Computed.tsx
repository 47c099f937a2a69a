import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { computed } from '../../../i18n/en/computed';
import { type MethodId, methodIds, methodOf, termIds, termOf } from '../../../methods/registry';
import { Formula } from '../../controls/Formula';
import { Term } from '../../controls/Term';
import { formulas, symbols } from '../../formulas';
import { texOf } from '../../symbols';
import dialogs from '../dialogs.module.css';
import styles from './computed.module.css';

/** What comes before the terms of the objective, and after them. */
const before = ['softened'] as const;
const after = ['total', 'update', 'masks', 'heldOut'] as const;
/** Those without a formula are said in words. */
const written: Partial<Record<(typeof before | typeof after)[number], string>> = formulas;
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

/** What symbols mean. */
function useMeanings(): Record<string, string> {
  const { t } = useTranslation();
  return useMemo(() => {
    const terms = termIds.map((term) => [texOf(termOf(term).symbol), t(`methods.term.${term}`)]);
    return { [symbols.temperature]: t('shell.temperature.symbol'), ...Object.fromEntries(terms) };
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
        {before.map((name) => (
          <Entry key={name} name={name} meanings={meanings} />
        ))}
        {methodIds.map((method) => (
          <MethodEntry key={method} method={method} meanings={meanings} />
        ))}
        {after.map((name) => (
          <Entry key={name} name={name} meanings={meanings} />
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

function Entry({
  name,
  meanings,
}: {
  name: (typeof before | typeof after)[number];
  meanings: Record<string, string>;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.entry}>
      <h4>{t(`computed.${name}.title`)}</h4>
      {written[name] && <Formula tex={written[name]} display symbols={meanings} />}
      <p>
        <Typeset words={t(`computed.${name}.text`, figures)} />
      </p>
    </div>
  );
}

/** A method with its paper, and the formula and the source of each of its terms. */
function MethodEntry({ method, meanings }: { method: MethodId; meanings: Record<string, string> }) {
  const { t } = useTranslation();
  const { paper, terms } = methodOf(method);
  return (
    <div className={styles.entry}>
      <h4>{t(`methods.method.${method}.name`)}</h4>
      <p>{t(`methods.method.${method}.about`)}</p>
      {Object.entries(terms).map(([id, { symbol, tex, source }]) => (
        <Fragment key={id}>
          <Formula tex={`${texOf(symbol)} = ${tex}`} display symbols={meanings} />
          <p>{source}</p>
        </Fragment>
      ))}
      <p>{t('computed.paper', { ...paper, year: String(paper.year) })}</p>
    </div>
  );
}

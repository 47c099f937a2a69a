import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { computed } from '../../../i18n/en/computed';
import { Term } from '../../controls/Term';
import dialogs from '../dialogs.module.css';
import styles from './computed.module.css';
import { formulas } from './formulas';

const formulaNames = Object.keys(formulas) as (keyof typeof formulas)[];
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

export function Computed() {
  const { t } = useTranslation();
  return (
    <div className={dialogs.stack}>
      <p className={dialogs.lede}>{t('computed.lede')}</p>
      <section className={styles.section} aria-labelledby="computed-formulas">
        <h3 id="computed-formulas">{t('computed.formulas')}</h3>
        {formulaNames.map((name) => (
          <div key={name} className={styles.entry}>
            <h4>{t(`computed.${name}.title`)}</h4>
            {formulas[name] && <p className={styles.formula}>{formulas[name]}</p>}
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

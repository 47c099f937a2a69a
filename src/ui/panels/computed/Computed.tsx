import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { computed } from '../../../i18n/en/computed';
import { methodIds } from '../../../methods/registry';
import { Formula } from '../../controls/Term';
import { Typeset } from '../../controls/Typeset';
import { useMeanings } from '../../useMeanings';
import dialogs from '../dialogs.module.css';
import styles from './computed.module.css';
import { formulas } from './formulas';
import { MethodEntry } from './MethodEntry';

const general = ['softened', 'total', 'update', 'masks', 'heldOut'] as const;
/** Those without a formula are said in words. */
const written: Partial<Record<(typeof general)[number], string>> = formulas;
const differences = Object.keys(computed.rows) as (keyof typeof computed.rows)[];
const sides = ['there', 'here', 'why'] as const;

/** What the words name: of AdamW (optim/adamw.ts), and of the held-out evaluation (train/trainer.ts). */
export const figures = { beta1: 0.9, beta2: 0.98, epsilon: '10⁻⁶', sequences: 16 };

/** Every formula by method, and every difference from the programs of the papers; each opens where it stands. */
export function Computed({ onConventions }: { onConventions: () => void }) {
  const { t } = useTranslation();
  const meanings = useMeanings();
  return (
    <div className={dialogs.stack}>
      <p className={dialogs.lede}>{t('computed.lede')}</p>
      <button type="button" className={dialogs.link} onClick={onConventions}>
        {t('common.conventions')}
      </button>
      <Section title={t('computed.general')}>
        {general.map((name) => (
          <Entry key={name} title={t(`computed.${name}.title`)}>
            {written[name] && <Formula tex={written[name]} display symbols={meanings} />}
            <p>
              <Typeset>{t(`computed.${name}.text`, figures)}</Typeset>
            </p>
          </Entry>
        ))}
      </Section>
      <Section title={t('computed.methods')}>
        {methodIds.map((method) => (
          <Entry key={method} title={t(`methods.method.${method}.name`)} about={t(`methodAbout.${method}`)}>
            <MethodEntry method={method} meanings={meanings} />
          </Entry>
        ))}
      </Section>
      <Section title={t('computed.differences')}>
        {differences.map((name) => (
          <Entry key={name} title={t(`computed.rows.${name}.title`)}>
            <dl className={styles.sides}>
              {sides.map((side) => (
                <div key={side}>
                  <dt>{t(`computed.${side}`)}</dt>
                  <dd>
                    <Typeset>{t(`computed.rows.${name}.${side}`)}</Typeset>
                  </dd>
                </div>
              ))}
            </dl>
          </Entry>
        ))}
      </Section>
      <p className={styles.checked}>{t('computed.checked')}</p>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {children}
    </section>
  );
}

/** A line that opens. */
function Entry({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <details className={styles.entry}>
      <summary>
        <h4>{title}</h4>
        {about && <span>{about}</span>}
      </summary>
      <div>{children}</div>
    </details>
  );
}

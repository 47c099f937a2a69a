import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Symbols } from '../../controls/Symbols';
import styles from './Formulas.module.css';

const sub = (symbol: string, index: string) => (
  <>
    <var>{symbol}</var>
    <sub>{index}</sub>
  </>
);
const divided = (logits: ReactNode) => (
  <>
    {logits}&thinsp;/&thinsp;<var>T</var>
  </>
);

/** pᵢ = exp(zᵢ/T) / Σⱼ exp(zⱼ/T) */
export function SoftmaxFormula({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.formula}>
      <p>
        {sub('p', 'i')} =
        <span className={styles.fraction}>
          <span>exp({divided(sub('z', 'i'))})</span>
          <span>
            Σ<sub>j</sub> exp({divided(sub('z', 'j'))})
          </span>
        </span>
      </p>
      <Symbols
        meanings={[
          [sub('p', 'i'), t('softmaxLab.symbols.p')],
          [sub('z', 'i'), t('softmaxLab.symbols.z')],
          [<var key="t">T</var>, t('softmaxLab.symbols.t')],
          [<var key="j">j</var>, t('softmaxLab.symbols.j', { count })],
        ]}
      />
    </div>
  );
}

/** ∂L_ce/∂z_s = T (softmax(z_s/T) − softmax(z_t/T)), and the same over T² where L_ce has no factor T². */
export function GradientFormula() {
  const { t } = useTranslation();
  const difference = (
    <>
      (softmax({divided(sub('z', 's'))}) − softmax({divided(sub('z', 't'))}))
    </>
  );
  const gradient = (
    <span className={styles.fraction}>
      <span>∂{sub('L', 'ce')}</span>
      <span>∂{sub('z', 's')}</span>
    </span>
  );
  return (
    <div className={styles.formula}>
      <p>
        <span className={styles.formulaLabel}>{t('softmaxLab.withShort')}</span>
        {gradient} = <var>T</var> {difference}
      </p>
      <p>
        <span className={styles.formulaLabel}>{t('softmaxLab.withoutShort')}</span>
        {gradient} =
        <span className={styles.fraction}>
          <span>1</span>
          <span>
            <var>T</var>
          </span>
        </span>
        {difference}
      </p>
      <Symbols
        meanings={[
          [sub('L', 'ce'), t('softmaxLab.symbols.l')],
          [sub('z', 's'), t('softmaxLab.symbols.zs')],
          [sub('z', 't'), t('softmaxLab.symbols.zt')],
        ]}
      />
    </div>
  );
}

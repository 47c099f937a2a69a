import { useTranslation } from 'react-i18next';
import { Symbols } from '../../controls/Symbols';
import { Formula } from '../../controls/Term';
import { formulas, symbols } from '../../formulas';
import styles from './Formulas.module.css';

/** pᵢ = exp(zᵢ/T) / Σⱼ exp(zⱼ/T) */
export function SoftmaxFormula({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.formula} data-no-figure>
      <Formula tex={formulas.softmax} display />
      <Symbols
        meanings={[
          [symbols.p, t('softmaxLab.symbols.p')],
          [symbols.logit, t('softmaxLab.symbols.z')],
          [symbols.temperature, t('softmaxLab.symbols.t')],
          [symbols.class, t('softmaxLab.symbols.j', { count })],
        ]}
      />
    </div>
  );
}

/** ∂L_ce/∂z_s = T (softmax(z_s/T) − softmax(z_t/T)), and the same over T² where L_ce has no factor T². */
export function GradientFormula() {
  const { t } = useTranslation();
  return (
    <div className={styles.formula} data-no-figure>
      <div className={styles.labelled}>
        <span className={styles.label}>{t('softmaxLab.withShort')}</span>
        <Formula tex={formulas.gradient} display />
      </div>
      <div className={styles.labelled}>
        <span className={styles.label}>{t('softmaxLab.withoutShort')}</span>
        <Formula tex={formulas.gradientWithout} display />
      </div>
      <Symbols
        meanings={[
          [symbols.softLoss, t('softmaxLab.symbols.l')],
          [symbols.studentLogits, t('softmaxLab.symbols.zs')],
          [symbols.teacherLogits, t('softmaxLab.symbols.zt')],
        ]}
      />
    </div>
  );
}

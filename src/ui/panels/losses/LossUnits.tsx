import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Term } from '../../controls/Term';
import type { Quantity } from './lossCurves';
import styles from './losses.module.css';

/** What the vertical axis counts: the unit of each curve, and what its symbol means. */
export const LossUnits = memo(function LossUnits({ quantities }: { quantities: Quantity[] }) {
  const { t } = useTranslation();
  return (
    <p className={styles.units}>
      {quantities.map((quantity) => (
        <span key={quantity}>
          <Term
            symbol={quantity === 'total' ? t('losses.total') : t(`common.lossSymbol.${quantity}`)}
            meaning={t(`losses.meaning.${quantity}`)}
          />{' '}
          {t(`losses.units.${quantity}`)}
        </span>
      ))}
    </p>
  );
});

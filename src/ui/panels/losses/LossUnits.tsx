import { memo } from 'react';
import { Term } from '../../controls/Term';
import type { Quantity } from './lossCurves';
import styles from './losses.module.css';
import { useQuantityWords } from './useQuantityWords';

/** What the vertical axis counts: the unit of each curve, and what its symbol means. */
export const LossUnits = memo(function LossUnits({ quantities }: { quantities: Quantity[] }) {
  const words = useQuantityWords();
  return (
    <p className={styles.units}>
      {quantities.map((quantity) => (
        <span key={quantity}>
          <Term symbol={words.symbol(quantity)} meaning={words.meaning(quantity)} /> {words.unit(quantity)}
        </span>
      ))}
    </p>
  );
});

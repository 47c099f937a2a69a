import { Fragment, memo } from 'react';
import { Term } from '../../controls/Term';
import type { Quantity } from './lossCurves';
import styles from './losses.module.css';
import { useQuantityWords } from './useQuantityWords';

/** What the vertical axis counts: the unit of each curve, and what its symbol means. */
export const LossUnits = memo(function LossUnits({ quantities }: { quantities: Quantity[] }) {
  const words = useQuantityWords();
  const units = [...new Set(quantities.map(words.unit))];
  return (
    <p className={styles.units}>
      {units.map((unit) => (
        <span key={unit}>
          {quantities
            .filter((quantity) => words.unit(quantity) === unit)
            .map((quantity, index) => (
              <Fragment key={quantity}>
                {index > 0 && ', '}
                <Term symbol={words.symbol(quantity)} meaning={words.meaning(quantity)} />
              </Fragment>
            ))}{' '}
          {unit}
        </span>
      ))}
    </p>
  );
});

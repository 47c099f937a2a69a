import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isReading, readingOf, scheduleOf, termOf } from '../../../methods/registry';
import { isMoving, type Quantity } from './lossCurves';

/** What a curve is called, what it means and in which unit it is: from the record of its method. */
export function useQuantityWords() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      symbol(quantity: Quantity): string {
        if (quantity === 'total') return t('losses.total');
        if (!isMoving(quantity)) return termOf(quantity).symbol;
        return isReading(quantity) ? readingOf(quantity).symbol : scheduleOf(quantity).symbol;
      },
      meaning(quantity: Quantity): string {
        if (quantity === 'total') return t('losses.meaning.total');
        if (isMoving(quantity)) return t(`methods.moving.${quantity}`);
        const { symbol } = termOf(quantity);
        return t('losses.meaning.term', { symbol, meaning: t(`methods.term.${quantity}`) });
      },
      unit(quantity: Quantity): string {
        if (quantity === 'total') return t('losses.units.total');
        const unit = isMoving(quantity) ? 'pure number' : termOf(quantity).unit;
        return t(unit === 'nats' ? 'losses.units.nats' : 'losses.units.pure');
      },
    }),
    [t],
  );
}

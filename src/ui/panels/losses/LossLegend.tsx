import { useTranslation } from 'react-i18next';
import { ModelMark } from '../../controls/ModelMark';
import { Term } from '../../controls/Term';
import { dashOf } from '../../modelStyle';
import type { NamedModel } from '../../useModelNames';
import { quantityWidth } from './chartStyle';
import type { Quantity } from './lossCurves';
import styles from './losses.module.css';
import { ToggleChip } from './ToggleChip';
import { useQuantityWords } from './useQuantityWords';

interface Props {
  quantities: Quantity[];
  arms: NamedModel[];
  hiddenQuantities: ReadonlySet<Quantity>;
  hiddenArms: ReadonlySet<string>;
  onQuantity: (quantity: Quantity) => void;
  onArm: (arm: string) => void;
}

/** The lines of the terms and the colours of the arms; each switches its curves on and off. */
export function LossLegend({ quantities, arms, hiddenQuantities, hiddenArms, onQuantity, onArm }: Props) {
  const { t } = useTranslation();
  const words = useQuantityWords();
  return (
    <div className={styles.legend}>
      <fieldset className={styles.chips}>
        <legend className="visuallyHidden">{t('losses.terms')}</legend>
        {quantities.map((quantity) => (
          <ToggleChip
            key={quantity}
            shown={!hiddenQuantities.has(quantity)}
            onToggle={() => onQuantity(quantity)}
            meaning={words.meaning(quantity)}
          >
            <svg width="44" height="10" aria-hidden="true" focusable="false">
              <line
                x1="0"
                x2="44"
                y1="5"
                y2="5"
                stroke="currentColor"
                strokeWidth={quantityWidth(quantity)}
                strokeDasharray={dashOf(quantity, quantities)}
              />
            </svg>
            <Term symbol={words.symbol(quantity)} />
          </ToggleChip>
        ))}
      </fieldset>
      {arms.length > 1 && (
        <fieldset className={styles.chips}>
          <legend className="visuallyHidden">{t('losses.arms')}</legend>
          {arms.map(({ id, name, style }) => (
            <ToggleChip key={id} shown={!hiddenArms.has(id)} onToggle={() => onArm(id)}>
              <ModelMark name={name} style={style} />
            </ToggleChip>
          ))}
        </fieldset>
      )}
    </div>
  );
}

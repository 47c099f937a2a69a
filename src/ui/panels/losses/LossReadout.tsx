import { useTranslation } from 'react-i18next';
import type { EvaluationPoint } from '../../../protocol/messages';
import { ModelMark } from '../../controls/ModelMark';
import { Term } from '../../controls/Term';
import { formatCount, formatShort } from '../../format';
import type { NamedModel } from '../../useModelNames';
import { curveId, type LossRow, lossOf, type Quantity } from './lossCurves';
import styles from './losses.module.css';
import { useQuantityWords } from './useQuantityWords';

interface Props {
  row: LossRow;
  /** The held-out evaluation to show with it, if one is near. */
  heldOut: EvaluationPoint | undefined;
  quantities: Quantity[];
  arms: NamedModel[];
}

/** The values of all visible curves at one step, a row for each arm. */
export function LossReadout({ row, heldOut, quantities, arms }: Props) {
  const { t } = useTranslation();
  const words = useQuantityWords();
  const title =
    row.from >= row.x
      ? t('losses.atStep', { step: formatCount(row.x) })
      : t('losses.atSteps', { from: formatCount(row.from), to: formatCount(row.x) });
  const valueRows = (value: (arm: string, quantity: Quantity) => number | null | undefined) =>
    arms.map(({ id, name, style }) => (
      <tr key={id}>
        <th scope="row">
          <ModelMark name={name} style={style} />
        </th>
        {quantities.map((quantity) => {
          const figure = value(id, quantity);
          return <td key={quantity}>{figure === null || figure === undefined ? '' : formatShort(figure)}</td>;
        })}
      </tr>
    ));
  return (
    <table className={styles.readout}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {quantities.map((quantity) => (
            <th key={quantity} scope="col">
              <Term symbol={words.symbol(quantity)} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{valueRows((arm, quantity) => row[curveId({ arm, quantity })])}</tbody>
      {heldOut && (
        <tbody>
          <tr>
            <th colSpan={quantities.length + 1} scope="colgroup" className={styles.readoutPart}>
              {t('losses.heldOutAt', { step: formatCount(heldOut.step) })}
            </th>
          </tr>
          {valueRows((arm, quantity) => lossOf(heldOut.arms[arm]?.losses, quantity))}
        </tbody>
      )}
    </table>
  );
}

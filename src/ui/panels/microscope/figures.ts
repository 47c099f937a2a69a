/** The microscope's curves in figures, to be saved. */
import { useTranslation } from 'react-i18next';
import type { Cells } from '../../figures/csv';
import { curveTemperatures } from './soften';

/** Names of the columns that say where a figure stands: T and the model. */
export function useColumnsAtT(): string[] {
  const { t } = useTranslation();
  return ['T', t('microscope.file.model')];
}

/** @param models of each the values at every T of `curveTemperatures`, in the order of the columns after those of `useColumnsAtT` */
export const curveCells = (
  columns: readonly string[],
  models: readonly { name: string; values: readonly (readonly number[])[] }[],
): Cells => [
  columns,
  ...models.flatMap(({ name, values }) =>
    curveTemperatures.map((temperature, i) => [temperature, name, ...values.map((own) => own[i])]),
  ),
];

/** Losses and held-out figures in numbers, as a file has them: unsmoothed, a line for each value. */
import type { TFunction } from 'i18next';
import { teacherModel } from '../../../config/modelIds';
import type { EvaluationPoint, HeldOut, RunHistory } from '../../../protocol/messages';
import type { Cell, Cells } from '../../figures/csv';
import { lossOf, type Quantity } from './lossCurves';

export const lossColumns = ['step', 'stage', 'on', 'model', 'quantity', 'value'] as const;

interface Words {
  models: readonly { id: string; name: string }[];
  quantities: readonly Quantity[];
  nameOf: (quantity: Quantity) => string;
  t: TFunction;
}

/** Of training the entries that are kept, each the mean of its updates; then every evaluation. */
export function lossLines(
  { steps, evaluations }: Pick<RunHistory, 'steps' | 'evaluations'>,
  { models, quantities, nameOf, t }: Words,
): Cells {
  const known = (line: Cell[]) => (line.at(-1) === null ? [] : [line]);
  const training = steps.flatMap(({ step, stage = 0, arms }) =>
    models.flatMap(({ id, name }) =>
      quantities.flatMap((quantity) =>
        known([
          step,
          stage + 1,
          t('losses.file.training'),
          name,
          nameOf(quantity),
          lossOf(arms[id], quantity),
        ]),
      ),
    ),
  );
  const figuresOf = (found: HeldOut): [string, number | null][] => [
    [t('losses.file.kl'), found.klToTeacher],
    [t('losses.file.loss'), found.loss],
    [t('losses.file.accuracy'), found.accuracy],
    [t('losses.file.agreement'), found.agreement],
  ];
  const heldOut = evaluations.flatMap((point: EvaluationPoint) =>
    models.flatMap(({ id, name }) => {
      const arm = point.arms[id];
      const found = id === teacherModel ? point.teacher : arm;
      if (!found) return [];
      const terms = quantities.map((quantity): [string, number | null] => [
        nameOf(quantity),
        lossOf(arm?.losses, quantity),
      ]);
      const on = t(point.extent === 'full' ? 'losses.file.full' : 'losses.file.sample');
      return [...figuresOf(found), ...terms].flatMap(([quantity, value]) =>
        known([point.step, (point.stage ?? 0) + 1, on, name, quantity, value]),
      );
    }),
  );
  return [...training, ...heldOut];
}

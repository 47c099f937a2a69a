import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import { usePlayground } from '../../../store/usePlayground';
import { DialogLink } from '../../controls/DialogLink';
import { CalibrationDialog, CostDialog } from '../../dialogs';
import type { NamedModel } from '../../useModelNames';
import { byShape, type Measured } from './summary';

/** Opens what models say of themselves, and whether it can be believed. */
export function CalibrationButton({ models }: { models: readonly NamedModel[] }) {
  const { t } = useTranslation();
  const isOpened = usePlayground((state) => state.opened !== null);
  return (
    <DialogLink label={t('scoreboard.calibration')} disabled={!isOpened}>
      {(onClose) => <CalibrationDialog models={models} onClose={onClose} />}
    </DialogLink>
  );
}

interface CostButtonProps {
  arms: readonly Arm[];
  models: readonly NamedModel[];
  measured: Record<string, Measured>;
}

/** Opens where parameters and time go, for one model of each shape. */
export function CostButton({ arms, models, measured }: CostButtonProps) {
  const { t } = useTranslation();
  const shown = [teacherModel, ...byShape(arms).map(([{ id }]) => id)];
  const sized = models.flatMap((model) => {
    const size = measured[model.id]?.size;
    return size && shown.includes(model.id) ? [{ ...model, size }] : [];
  });
  return (
    <DialogLink label={t('scoreboard.costs')} disabled={sized.length === 0}>
      {(onClose) => sized.length > 0 && <CostDialog models={sized} onClose={onClose} />}
    </DialogLink>
  );
}

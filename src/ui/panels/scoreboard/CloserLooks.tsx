import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import { usePlayground } from '../../../store/usePlayground';
import { CalibrationDialog, CostDialog, loadDialogs } from '../../dialogs';
import type { NamedModel } from '../../useModelNames';
import dialogs from '../dialogs.module.css';
import { byShape, type Measured } from './summary';

/** Opens what models say of themselves, and whether it can be believed. */
export function CalibrationButton({ models }: { models: readonly NamedModel[] }) {
  const { t } = useTranslation();
  const isOpened = usePlayground((state) => state.opened !== null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={dialogs.link}
        data-no-figure
        disabled={!isOpened}
        onClick={() => setOpen(true)}
        onPointerEnter={loadDialogs}
      >
        {t('scoreboard.calibration')}
      </button>
      {open && <CalibrationDialog models={models} onClose={() => setOpen(false)} />}
    </>
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
  const [open, setOpen] = useState(false);
  const shown = [teacherModel, ...byShape(arms).map(([{ id }]) => id)];
  const sized = models.flatMap((model) => {
    const size = measured[model.id]?.size;
    return size && shown.includes(model.id) ? [{ ...model, size }] : [];
  });
  return (
    <>
      <button
        type="button"
        className={dialogs.link}
        data-no-figure
        disabled={sized.length === 0}
        onClick={() => setOpen(true)}
        onPointerEnter={loadDialogs}
      >
        {t('scoreboard.costs')}
      </button>
      {open && sized.length > 0 && <CostDialog models={sized} onClose={() => setOpen(false)} />}
    </>
  );
}

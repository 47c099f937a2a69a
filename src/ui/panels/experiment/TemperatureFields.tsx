import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import type { Arm } from '../../../config/experiment';
import { isSoftened, termsOf } from '../../../config/objective';
import { termOf } from '../../../methods/registry';
import { changeArm } from '../../../store/edits';
import { NumberField } from '../../controls/NumberField';
import { Typeset } from '../../controls/Typeset';
import classes from './experiment.module.css';
import type { Draft } from './useDraft';

/** T, and the teacher's own where it has one; said in words where no loss is softened at T. */
export function TemperatureFields({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { temperature, teacherTemperature } = arm;
  if (!isSoftened(arm)) {
    const own = termsOf(arm).find((term) => termOf(term).ownTemperature);
    return (
      <p className={classes.note}>
        <Typeset>
          {own
            ? t('experiment.objective.ownTemperature', { term: termOf(own).symbol })
            : t('experiment.objective.notSoftened')}
        </Typeset>
      </p>
    );
  }
  const apart = teacherTemperature !== undefined;
  const toggle = () =>
    draft.edit((before) =>
      changeArm(before, arm.id, { teacherTemperature: apart ? undefined : temperature }),
    );
  return (
    <>
      <NumberField
        label={t(apart ? 'experiment.objective.studentTemperature' : 'experiment.objective.temperature')}
        meaning={t('shell.temperature.symbol')}
        value={temperature}
        bound={bounds.temperature}
        step={0.5}
        onChange={(value) => draft.setNumber(arm, 'temperature', value)}
      />
      {apart && (
        <NumberField
          label={t('experiment.objective.teacherTemperature')}
          meaning={t('experiment.objective.teacherTemperatureMeaning')}
          value={teacherTemperature}
          bound={bounds.temperature}
          step={0.5}
          onChange={(value) => draft.setNumber(arm, 'teacherTemperature', value)}
        />
      )}
      <Button className={classes.aside} variant="subtle" size="compact-xs" onClick={toggle}>
        {t(apart ? 'experiment.objective.together' : 'experiment.objective.apart')}
      </Button>
    </>
  );
}

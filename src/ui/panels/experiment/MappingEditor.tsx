import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { choiceOf } from '../../../config/objective';
import { sourceShape } from '../../../config/sources';
import { changeArm } from '../../../store/edits';
import { Typeset } from '../../controls/Typeset';
import { WiringDialog } from '../WiringDialog';
import classes from './experiment.module.css';
import { LayerSelects } from './LayerSelects';
import { MappingPresets } from './MappingPresets';
import { NoTeacher } from './NoTeacher';
import type { Draft } from './useDraft';

/** Which layer of whoever teaches it each student layer is compared with. */
export function MappingEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const [board, setBoard] = useState(false);
  if (!draft.teacher) return <NoTeacher />;
  const teacher = sourceShape(draft.experiment, draft.teacher, arm);
  const set = (mapping: number[]) => draft.edit((before) => changeArm(before, arm.id, { mapping }));
  return (
    <>
      <p className={classes.note}>
        <Typeset>{t('experiment.mapping.lede')}</Typeset>
      </p>
      {choiceOf(arm, 'layers') === 'drawn' && <p className={classes.note}>{t('experiment.mapping.drawn')}</p>}
      <Button size="xs" variant="default" className={classes.aside} onClick={() => setBoard(true)}>
        {t('attention.wiring')}
      </Button>
      <MappingPresets arm={arm} sourceLayers={teacher.layers} onChange={set} />
      <LayerSelects
        blocks={arm.mapping}
        teacherLayers={teacher.layers}
        label={(layer) => t('experiment.mapping.layer', { layer })}
        onChange={set}
      />
      {board && <WiringDialog arm={arm.id} stage={draft.stage} onClose={() => setBoard(false)} />}
    </>
  );
}

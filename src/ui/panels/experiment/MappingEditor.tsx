import { Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { bottomMapping, isUniformlyMapped, topMapping, uniformMapping } from '../../../config/mapping';
import { choiceOf } from '../../../config/objective';
import { sourceShape } from '../../../config/sources';
import { changeArm } from '../../../store/edits';
import { Typeset } from '../../controls/Typeset';
import { useProblemWords } from '../../useProblemWords';
import classes from './experiment.module.css';
import { LayerSelects } from './LayerSelects';
import { NoTeacher } from './NoTeacher';
import type { Draft } from './useDraft';

const mappings = { uniform: uniformMapping, top: topMapping, bottom: bottomMapping };
const mappingNames = ['uniform', 'top', 'bottom'] as const;

/** Which layer of whoever teaches it each student layer is compared with. */
export function MappingEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  if (!draft.teacher) return <NoTeacher />;
  const teacher = sourceShape(draft.experiment, draft.teacher, arm);
  const { layers } = arm.student;
  const uniform = isUniformlyMapped(teacher.layers, layers);
  const set = (mapping: number[]) => draft.edit((before) => changeArm(before, arm.id, { mapping }));
  return (
    <>
      <p className={classes.note}>
        <Typeset>{t('experiment.mapping.lede')}</Typeset>
      </p>
      {choiceOf(arm, 'layers') === 'drawn' && <p className={classes.note}>{t('experiment.mapping.drawn')}</p>}
      <div className={classes.buttons}>
        {mappingNames.map((name) => (
          <Tooltip key={name} label={t(`experiment.mapping.${name}Meaning`)}>
            <Button
              variant="default"
              size="xs"
              disabled={name === 'uniform' && !uniform}
              onClick={() => set(mappings[name](teacher.layers, layers))}
            >
              {t(`experiment.mapping.${name}`)}
            </Button>
          </Tooltip>
        ))}
      </div>
      {!uniform && (
        <p className={classes.note}>
          {
            words({
              code: 'uniformMappingNeedsDivisor',
              values: { layers, teacherLayers: teacher.layers },
            }).text
          }
        </p>
      )}
      <LayerSelects
        blocks={arm.mapping}
        teacherLayers={teacher.layers}
        label={(layer) => t('experiment.mapping.layer', { layer })}
        onChange={set}
      />
    </>
  );
}

import { Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { changeArm, mappings } from './draft';
import classes from './experiment.module.css';
import { LayerSelects } from './LayerSelects';
import type { Draft } from './useDraft';

const mappingNames = ['uniform', 'top', 'bottom'] as const;

/** Which teacher layer each student layer is compared with. */
export function MappingEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { teacher } = draft;
  if (!teacher) return <p className={classes.note}>{t('experiment.teacher.none')}</p>;
  const set = (mapping: number[]) => draft.edit((before) => changeArm(before, arm.id, { mapping }));
  return (
    <>
      <p className={classes.note}>{t('experiment.mapping.lede')}</p>
      <div className={classes.buttons}>
        {mappingNames.map((name) => (
          <Tooltip key={name} label={t(`experiment.mapping.${name}Meaning`)}>
            <Button
              variant="default"
              size="xs"
              onClick={() => set(mappings[name](teacher.layers, arm.student.layers))}
            >
              {t(`experiment.mapping.${name}`)}
            </Button>
          </Tooltip>
        ))}
      </div>
      <LayerSelects
        blocks={arm.mapping}
        teacherLayers={teacher.layers}
        label={(layer) => t('experiment.mapping.layer', { layer })}
        onChange={set}
      />
    </>
  );
}

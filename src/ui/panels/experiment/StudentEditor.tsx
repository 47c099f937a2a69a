import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import type { Architecture, Arm } from '../../../config/experiment';
import { everyOtherBlock } from '../../../config/mapping';
import { learnsFromTeacher } from '../../../config/objective';
import { changeArm } from '../../../store/edits';
import { inEveryStage } from '../../../store/stageEdits';
import { withStudent } from '../../../store/taughtBy';
import { NumberField } from '../../controls/NumberField';
import { LayerSelects } from './LayerSelects';
import { NoTeacher } from './NoTeacher';
import type { Draft } from './useDraft';

/** A student's size and where its weights come from. */
export function StudentEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { student, initialisation } = arm;
  const teacher = draft.teacher ?? null;
  const change = (changes: Partial<Arm>) => draft.edit((before) => changeArm(before, arm.id, changes));
  const resize = (changes: Partial<Architecture>) =>
    // Layers that stages compare and copy are spread anew in each of them.
    draft.editAll((before) =>
      inEveryStage(before, (own) =>
        withStudent(own, teacher, own.arms.find(({ id }) => id === arm.id) ?? arm, changes),
      ),
    );
  const start = (kind: string) => {
    const blocks =
      initialisation.kind === 'random'
        ? teacher && everyOtherBlock(teacher.layers, student.layers)
        : initialisation.blocks;
    const taken = (kind === 'copy' || kind === 'project') && blocks;
    change({ initialisation: taken ? { kind, blocks } : { kind: 'random' } });
  };
  return (
    <>
      <NumberField
        label={t('experiment.student.layers')}
        meaning={t('experiment.student.layersMeaning')}
        value={student.layers}
        bound={bounds.layers}
        onChange={(layers) => resize({ layers })}
      />
      <NumberField
        label={t('experiment.student.width')}
        meaning={t('experiment.student.widthMeaning')}
        value={student.hiddenSize}
        bound={bounds.hiddenSize}
        onChange={(hiddenSize) => resize({ hiddenSize })}
      />
      <NumberField
        label={t('experiment.student.heads')}
        meaning={t('experiment.student.headsMeaning')}
        value={student.heads}
        bound={bounds.heads}
        onChange={(heads) => resize({ heads })}
      />
      <NumberField
        label={t('experiment.student.feedForward')}
        meaning={t('experiment.student.feedForwardMeaning')}
        value={student.intermediateSize}
        bound={bounds.intermediateSize}
        onChange={(intermediateSize) => resize({ intermediateSize })}
      />
      <NativeSelect
        size="xs"
        label={t('experiment.student.start')}
        description={t('experiment.student.startMeaning')}
        value={initialisation.kind}
        disabled={!teacher && initialisation.kind === 'random'}
        onChange={(event) => start(event.currentTarget.value)}
        data={[
          { value: 'copy', label: t('experiment.student.startCopy') },
          { value: 'project', label: t('experiment.student.startProject') },
          { value: 'random', label: t('experiment.student.startRandom') },
        ]}
      />
      {initialisation.kind !== 'random' && teacher && (
        <LayerSelects
          blocks={initialisation.blocks}
          teacherLayers={teacher.layers}
          label={(layer) =>
            t(
              initialisation.kind === 'copy'
                ? 'experiment.student.copyFrom'
                : 'experiment.student.projectFrom',
              { layer },
            )
          }
          onChange={(blocks) => change({ initialisation: { kind: initialisation.kind, blocks } })}
        />
      )}
      {!learnsFromTeacher(arm) && <NoTeacher />}
    </>
  );
}

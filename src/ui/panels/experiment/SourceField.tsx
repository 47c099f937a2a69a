import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { learnsFromTeacher } from '../../../config/objective';
import { type Source, sourceKey, sourcesFor, withSource } from '../../../store/taughtBy';
import { otherTeacherName, useArmNames } from '../../useModelNames';
import type { Draft } from './useDraft';

/** Whom a student learns from: the teacher, another one, several at once, or another student. */
export function SourceField({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { arms, others = [] } = draft.experiment;
  const names = useArmNames(arms);
  const { teacher } = draft;
  if (!teacher || !learnsFromTeacher(arm)) return null;
  const sources = sourcesFor(draft.experiment, arm);
  const words = (source: Source): string => {
    switch (source.kind) {
      case 'member':
        return otherTeacherName(others[source.index - 2], t);
      case 'ensemble':
        return t(`experiment.source.${source.mean}`);
      case 'arm':
        return t('experiment.source.arm', { name: names[arms.findIndex(({ id }) => id === source.id)] });
      case 'bundled':
      case 'random':
        return otherTeacherName(source, t);
    }
  };
  return (
    <NativeSelect
      size="xs"
      label={t('experiment.source.label')}
      description={t('experiment.source.meaning')}
      value={sourceKey(arm)}
      onChange={(event) => {
        const source = sources.get(event.currentTarget.value);
        draft.edit((before) => withSource(before, teacher, arm, source));
      }}
      data={[
        { value: '', label: t('experiment.source.teacher') },
        ...[...sources].map(([value, source]) => ({ value, label: words(source) })),
      ]}
    />
  );
}

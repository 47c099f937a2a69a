import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm, TeacherSource } from '../../../config/experiment';
import { isTask } from '../../../config/tasks';
import { bundledTeachers, type TeacherShape } from '../../../config/teachers';
import { isTeacherInTraining } from '../../../config/teacherTraining';
import { textName } from '../../../i18n/textName';
import { withTeacher } from '../../../store/edits';
import { presentStage } from '../../../store/stage';
import { usePlayground } from '../../../store/usePlayground';
import { formatBytes, formatCount } from '../../format';
import { spoken } from '../../symbols';
import { TeacherDialog } from '../TeacherDialog';
import { KeepTeacher } from './KeepTeacher';
import { SaveModelsLink } from './SaveModelsLink';
import type { Draft } from './useDraft';

type BundledId = keyof typeof bundledTeachers;
const bundledIds = Object.keys(bundledTeachers) as BundledId[];

/** The teacher: a bundled one, or one that was trained here and kept. */
export function TeacherEditor({ draft, arm, armName }: { draft: Draft; arm: Arm; armName: string }) {
  const { t } = useTranslation();
  const { teacher, text } = draft.experiment;
  const opened = usePlayground((state) => state.opened);
  // A model of a task fills in no words: it can't teach another experiment.
  const running = usePlayground(presentStage);
  const unread = usePlayground((state) => state.failure?.code === 'textOtherScript');
  const { listTeachers } = usePlayground((state) => state.actions);
  const [kept, setKept] = useState<{ id: string; name: string; shape: TeacherShape }[]>([]);
  const [keptCount, setKeptCount] = useState(0);
  const [dialogOpen, setDialogOpen] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is read again once a teacher has been kept
  useEffect(() => {
    let current = true;
    listTeachers().then(
      (teachers) => current && setKept(teachers),
      // Storage that can't be read holds nothing to choose from.
      () => current && setKept([]),
    );
    return () => {
      current = false;
    };
  }, [listTeachers, keptCount]);

  const choose = (id: string) => {
    const use = (source: TeacherSource, shape: TeacherShape) =>
      draft.editAll((before) => withTeacher(before, source, shape), shape);
    const bundled = bundledIds.find((name) => name === id);
    const saved = kept.find((other) => other.id === id);
    if (bundled) use({ kind: 'bundled', id: bundled }, bundledTeachers[bundled]);
    else if (saved) use({ kind: 'saved', id, name: saved.name }, saved.shape);
  };
  const present = teacher.kind === 'none' ? 'none' : teacher.id;
  const options = [
    ...bundledIds.map((id) => ({ value: id, label: t(`experiment.teacher.bundled.${id}`) })),
    ...kept.map(({ id, name }) => ({ value: id, label: name })),
  ];
  if (teacher.kind === 'none') options.push({ value: 'none', label: t('experiment.teacher.noneChoice') });
  else if (!options.some(({ value }) => value === present) && teacher.kind === 'saved') {
    options.push({ value: present, label: teacher.name || t('experiment.ownTeacher') });
  }
  const loaded = !draft.pending && opened?.teacher;
  const shapeFigures = draft.teacher && {
    count: draft.teacher.layers,
    width: draft.teacher.hiddenSize,
    heads: draft.teacher.heads,
    vocabulary: formatCount(draft.teacher.vocabularySize),
  };
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('experiment.teacher.choose')}
        description={t('experiment.teacher.adapts')}
        value={present}
        onChange={(event) => choose(event.currentTarget.value)}
        data={options}
      />
      {shapeFigures && (
        <p>
          {loaded
            ? t('experiment.teacher.loaded', {
                ...shapeFigures,
                parameters: formatCount(loaded.parameters),
                bytes: formatBytes(loaded.bytes),
              })
            : t('experiment.teacher.shape', shapeFigures)}
        </p>
      )}
      {!isTask(text) && (
        <Button variant="default" size="xs" onClick={() => setDialogOpen(true)}>
          {t('experiment.teacher.train')}
        </Button>
      )}
      {!draft.pending && !isTeacherInTraining(draft.experiment) && !isTask(running.text) && (
        <KeepTeacher
          arm={arm}
          label={t('experiment.teacher.keep', { arm: spoken(armName) })}
          proposal={
            draft.experiment.arms.length > 1
              ? spoken(armName)
              : t('experiment.teacher.keptFrom', {
                  text: textName(text, t),
                })
          }
          onKept={() => setKeptCount(keptCount + 1)}
        />
      )}
      <SaveModelsLink />
      {dialogOpen && (
        <TeacherDialog
          text={text}
          foreign={unread}
          sequences={opened && running.text.id === text.id ? opened.text.trainSequences : null}
          onClose={() => setDialogOpen(false)}
        />
      )}
    </>
  );
}

import { Button, NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { learnsFromTeacher } from '../../../config/objective';
import { inEveryStage } from '../../../store/stageEdits';
import { sourceKey, sourcesFor, unusedTeachers, withoutUnused, withSource } from '../../../store/taughtBy';
import classes from './experiment.module.css';
import type { Draft } from './useDraft';
import { useSourceWords } from './useSourceWords';

/** Whom a student learns from: the teacher, another one, several at once, or another student. */
export function SourceField({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const words = useSourceWords(draft.whole);
  // By source: the layers that the student was compared with when it last learned from it.
  const mappings = useRef(new Map<string, Arm['mapping']>());
  const { teacher } = draft;
  // Who names a source is asked about it, though no loss may read it.
  if (!teacher || !(learnsFromTeacher(arm) || arm.taughtBy)) return null;
  const sources = sourcesFor(draft.experiment, arm);
  const unused = unusedTeachers(draft.whole);
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('experiment.source.label')}
        description={t('experiment.source.meaning')}
        value={sourceKey(arm)}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          mappings.current.set(sourceKey(arm), arm.mapping);
          const known = mappings.current.get(chosen);
          draft.edit((before) => withSource(before, teacher, arm, sources.get(chosen), known));
        }}
        data={[
          { value: '', label: words(undefined) },
          ...[...sources].map(([value, source]) => ({ value, label: words(source) })),
        ]}
      />
      {unused.length > 0 && (
        <p className={classes.note}>
          {t('experiment.source.unused', {
            names: unused.map((index): string => words({ kind: 'member', index })),
          })}{' '}
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => draft.editAll((before) => inEveryStage(before, (own) => withoutUnused(own)))}
          >
            {t('experiment.source.leaveOut')}
          </Button>
        </p>
      )}
    </>
  );
}

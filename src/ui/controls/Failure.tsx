import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Experiment } from '../../config/experiment';
import type { Problem } from '../../config/problems';
import { bundledTeachers } from '../../config/teachers';
import { withOwnRows, withTeacher } from '../../store/edits';
import { inEveryStage } from '../../store/stageEdits';
import { usePlayground } from '../../store/usePlayground';
import { RowsDialog, TextDialog } from '../dialogs';
import { useProblemWords } from '../useProblemWords';
import classes from './Failure.module.css';
import { Typeset } from './Typeset';

/** This page's address, with the choice of a backend left to the page. */
function withoutBackend(): string {
  const address = new URL(location.href);
  address.searchParams.delete('backend');
  return address.href;
}

/** True for a stage whose text is the one that is gone. */
const isMissing = ({ text }: Experiment, { values }: Problem) =>
  text.kind === 'own' && text.name === values?.name;

/** Why no experiment is open, and the ways on from there. */
export function Failure({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { title, text } = useProblemWords()(problem);
  const { retry, choosePreset, applyExperiment } = usePlayground((state) => state.actions);
  const experiment = usePlayground((state) => state.experiment);
  const [adding, setAdding] = useState(false);
  const takeBundledTeacher = () => {
    const id = 'stories-4x128';
    applyExperiment(withTeacher(experiment, { kind: 'bundled', id }, bundledTeachers[id]));
  };
  // Trying again finds no more than before.
  const missing = ['textMissing', 'rowsMissing', 'teacherMissing'].includes(problem.code);
  const stop = () => setAdding(false);
  return (
    <section className={classes.failure} role="alert">
      <p className={classes.kicker}>{t('shell.failure.heading')}</p>
      <h2>
        <Typeset>{title}</Typeset>
      </h2>
      <p>
        <Typeset>{text}</Typeset>
      </p>
      <Group gap="xs" mt="sm">
        {problem.code === 'backendUnavailable' ? (
          // The presets would ask for the same backend.
          <Button component="a" href={withoutBackend()}>
            {t('shell.failure.anyBackend')}
          </Button>
        ) : (
          <>
            {problem.code === 'textMissing' && (
              <Button onClick={() => setAdding(true)}>{t('shell.failure.addText')}</Button>
            )}
            {problem.code === 'rowsMissing' && (
              <Button onClick={() => setAdding(true)}>{t('shell.failure.addRows')}</Button>
            )}
            {problem.code === 'teacherMissing' && (
              <Button onClick={takeBundledTeacher}>{t('shell.failure.bundledTeacher')}</Button>
            )}
            {!missing && <Button onClick={retry}>{t('common.tryAgain')}</Button>}
            <Button variant="default" onClick={() => choosePreset('distilbert')}>
              {t('shell.failure.default')}
            </Button>
            <Button variant="default" onClick={() => choosePreset('tiny')}>
              {t('shell.failure.tiny')}
            </Button>
          </>
        )}
      </Group>
      {adding && problem.code === 'textMissing' && (
        <TextDialog
          onUse={(text) =>
            applyExperiment(
              inEveryStage(experiment, (own) => (isMissing(own, problem) ? { ...own, text } : own)),
            )
          }
          onClose={stop}
        />
      )}
      {adding && problem.code === 'rowsMissing' && (
        <RowsDialog
          onUse={(rows) => applyExperiment(withOwnRows(experiment, String(problem.values?.id), rows))}
          onClose={stop}
        />
      )}
    </section>
  );
}

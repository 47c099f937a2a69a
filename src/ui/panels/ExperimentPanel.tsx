import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../config/bounds';
import { isTeacherInTraining } from '../../config/teacherTraining';
import { textName } from '../../i18n/textName';
import { copyArm } from '../../store/edits';
import { usePlayground } from '../../store/usePlayground';
import { Glossed } from '../controls/Glossed';
import { Icon } from '../controls/Icon';
import { Marker } from '../controls/Marker';
import { ModelMark } from '../controls/ModelMark';
import { armStyle } from '../modelStyle';
import { useArmNames } from '../useModelNames';
import { ArmPicker } from './experiment/ArmPicker';
import { ArmsEditor } from './experiment/ArmsEditor';
import { changedRows, type RowName, rowNames } from './experiment/changedRows';
import classes from './experiment/experiment.module.css';
import { MappingEditor } from './experiment/MappingEditor';
import { ObjectiveEditor } from './experiment/ObjectiveEditor';
import { ObjectiveFormula } from './experiment/ObjectiveFormula';
import { PendingBar } from './experiment/PendingBar';
import { Row } from './experiment/Row';
import { StudentEditor } from './experiment/StudentEditor';
import { TeacherEditor } from './experiment/TeacherEditor';
import { TextEditor } from './experiment/TextEditor';
import { TrainingEditor } from './experiment/TrainingEditor';
import { useDraft } from './experiment/useDraft';
import { Wiring } from './experiment/Wiring';

/** The experiment, one line for each choice; every line opens into its editor. */
export function ExperimentPanel({ onApplied }: { onApplied?: () => void }) {
  const { t } = useTranslation();
  const heading = useId();
  const draft = useDraft();
  const present = usePlayground((state) => state.experiment);
  const [open, setOpen] = useState<RowName | null>(null);
  // Where this covers the page, a run that starts from here is to be seen.
  useEffect(
    () =>
      usePlayground.subscribe(({ status }, before) => {
        if (status.state === 'playing' && before.status.state !== 'playing') onApplied?.();
      }),
    [onApplied],
  );
  const [selectedId, select] = useState<string | null>(null);

  const { arms, text, teacher, training } = draft.experiment;
  const names = useArmNames(arms);
  const index = Math.max(
    0,
    arms.findIndex(({ id }) => id === selectedId),
  );
  const arm = arms[index];
  const { student, initialisation, mapping } = arm;
  const full = arms.length >= bounds.arms.max;

  const teacherValue = () => {
    if (teacher.kind === 'saved') return teacher.name || t('experiment.ownTeacher');
    if (!draft.teacher) return t('experiment.noTeacher');
    return t('experiment.shape', { count: draft.teacher.layers, width: draft.teacher.hiddenSize });
  };
  const values: Record<RowName, ReactNode> = {
    text: textName(text, t),
    teacher: teacherValue(),
    arms: arms.map(({ id }, at) => <ModelMark key={id} name={names[at]} style={armStyle(at)} />),
    student:
      initialisation.kind === 'random'
        ? t('experiment.random', { count: student.layers })
        : t(initialisation.kind === 'copy' ? 'experiment.copied' : 'experiment.projected', {
            count: student.layers,
            layers: initialisation.blocks.map(String),
          }),
    objective: <ObjectiveFormula arm={arm} />,
    mapping: t('common.list', {
      items: mapping.map((layer, at): string => t('experiment.pair', { student: at + 1, teacher: layer })),
    }),
    training: t('experiment.budget', { count: training.steps, batch: training.batchSize }),
  };
  const changed = draft.waits ? changedRows(present, draft.experiment, arm.id) : [];
  const picker = <ArmPicker arms={arms} names={names} selected={arm} onSelect={select} />;
  const editor = (row: RowName) => {
    switch (row) {
      case 'text':
        return <TextEditor draft={draft} />;
      case 'teacher':
        return <TeacherEditor draft={draft} arm={arm} armName={names[index]} />;
      case 'arms':
        return <ArmsEditor draft={draft} names={names} selected={arm} onSelect={select} />;
      case 'student':
        return <StudentEditor key={arm.id} draft={draft} arm={arm} />;
      case 'objective':
        return <ObjectiveEditor key={arm.id} draft={draft} arm={arm} />;
      case 'mapping':
        return <MappingEditor key={arm.id} draft={draft} arm={arm} />;
      case 'training':
        return <TrainingEditor draft={draft} />;
    }
  };
  const ofArm = (row: RowName) => row === 'student' || row === 'objective' || row === 'mapping';
  const compare = () => {
    const copy = copyArm(draft.experiment, arm);
    draft.edit(() => copy.experiment);
    select(copy.id);
    setOpen('objective');
  };
  return (
    <section className={classes.panel} data-pending={draft.waits || undefined} aria-labelledby={heading}>
      <h2 id={heading}>{t('experiment.title')}</h2>
      <p className={classes.lede}>
        {isTeacherInTraining(draft.experiment) ? (
          t('experiment.ledeTeacher')
        ) : (
          <Trans i18nKey="experiment.lede" components={{ arm: <Glossed word="arm" /> }} />
        )}
      </p>
      {rowNames.map((row) => (
        <Row
          key={row}
          label={t(`experiment.rows.${row}`)}
          mark={ofArm(row) && arms.length > 1 && <Marker style={armStyle(index)} size={9} />}
          value={values[row]}
          changed={changed.includes(row)}
          open={open === row}
          onToggle={() => setOpen(open === row ? null : row)}
        >
          {ofArm(row) && picker}
          {editor(row)}
        </Row>
      ))}
      {draft.teacher && (
        <Wiring arm={arm} name={names[index]} style={armStyle(index)} teacherLayers={draft.teacher.layers} />
      )}
      <div className={classes.foot}>
        <Button
          variant="default"
          fullWidth
          disabled={full}
          leftSection={<Icon name="plus" />}
          onClick={compare}
        >
          {t('experiment.compare')}
        </Button>
      </div>
      {draft.waits && <PendingBar draft={draft} onApplied={onApplied} />}
    </section>
  );
}

import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useTransition } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../config/bounds';
import type { Arm } from '../../config/experiment';
import { sourceShape } from '../../config/sources';
import { stageCount, stagesOf } from '../../config/stages';
import { isTeacherInTraining } from '../../config/teacherTraining';
import { withheldWord } from '../../config/text';
import { textName } from '../../i18n/textName';
import { liveStage, stageInRun } from '../../store/draft';
import { copyArm } from '../../store/edits';
import { stageOf } from '../../store/stage';
import { withStageAdded } from '../../store/stageTexts';
import { usePlayground } from '../../store/usePlayground';
import { ComputedButton } from '../controls/ComputedButton';
import { Glossed } from '../controls/Glossed';
import { Icon } from '../controls/Icon';
import { Marker } from '../controls/Marker';
import { ModelMark } from '../controls/ModelMark';
import { loadDialogs, RowEditor } from '../dialogs';
import { armStyle, teacherStyle } from '../modelStyle';
import { useArmNames } from '../useModelNames';
import { ArmPicker } from './experiment/ArmPicker';
import { changedRows, isShared, type RowName, rowNames } from './experiment/changedRows';
import classes from './experiment/experiment.module.css';
import { ObjectiveFormula } from './experiment/ObjectiveFormula';
import { PendingBar } from './experiment/PendingBar';
import { Row } from './experiment/Row';
import { StagePicker } from './experiment/StagePicker';
import { useDraft } from './experiment/useDraft';
import { useInHand } from './experiment/useInHand';
import { useSourceWords } from './experiment/useSourceWords';
import { Wiring } from './experiment/Wiring';

/** The experiment, one line for each choice; every line opens into its editor, which loads when it is first wanted. */
export function ExperimentPanel({ onApplied }: { onApplied?: () => void }) {
  const { t } = useTranslation();
  const heading = useId();
  const preset = usePlayground((state) => state.preset);
  const running = usePlayground((state) => state.status.stage ?? 0);
  const underWay = usePlayground(({ status }) => status.step > 0 && status.state !== 'finished');
  // The stage that runs, until somebody takes one in hand: it does not change under an open line.
  const [chosen, setChosen] = useInHand('chosen');
  const [open, setOpen] = useInHand('open');
  const [selectedId, select] = useInHand('arm');
  const draft = useDraft(chosen?.preset === preset ? chosen.stage : running);
  const { whole, stage, changes } = draft;
  const choose = (next: number) => setChosen({ preset, stage: next });
  const present = usePlayground((state) => state.experiment);
  // Editors load with the first that opens: until it is here, everything stays as it is.
  const [, startOpening] = useTransition();
  const toggle = (row: RowName) => {
    choose(stage);
    startOpening(() => setOpen(open === row ? null : row));
  };
  // Where this covers the page, a run that starts from here is to be seen.
  useEffect(
    () =>
      usePlayground.subscribe(({ status }, before) => {
        if (status.state === 'playing' && before.status.state !== 'playing') onApplied?.();
      }),
    [onApplied],
  );

  const { arms, text, teacher, training, augmentation } = draft.experiment;
  const names = useArmNames(whole);
  const index = Math.max(
    0,
    arms.findIndex(({ id }) => id === selectedId),
  );
  const arm = arms[index];
  const { student, initialisation, mapping } = arm;
  const full = arms.length >= bounds.arms.max;

  const sourceWords = useSourceWords(whole);
  /** Whose layers an arm's are compared with. */
  const sourceOf = ({ taughtBy }: Arm) => {
    const peer = taughtBy?.kind === 'arm' ? arms.findIndex(({ id }) => id === taughtBy.id) : -1;
    if (peer >= 0) return { name: names[peer], style: armStyle(peer) };
    const name = taughtBy?.kind === 'member' ? sourceWords(taughtBy) : t('common.teacher');
    return { name, style: teacherStyle };
  };
  const teacherValue = () => {
    if (teacher.kind === 'saved') return teacher.name || t('experiment.ownTeacher');
    if (!draft.teacher) return t('experiment.noTeacher');
    return t('experiment.shape', { count: draft.teacher.layers, width: draft.teacher.hiddenSize });
  };
  const nameOfText = augmentation
    ? t('experiment.augmented', { text: textName(text, t) })
    : textName(text, t);
  const without = withheldWord(text);
  const values: Record<RowName, ReactNode> = {
    text: without ? t('experiment.withoutWord', { text: nameOfText, word: without }) : nameOfText,
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
  const inRun = stageInRun(changes, stage);
  const isOver = liveStage(changes, { status: { stage: running } }, stage) === null;
  const changed =
    draft.waits && inRun !== null
      ? changedRows(stageOf(present, inRun), draft.experiment, arm.id, isOver)
      : [];
  const picker = <ArmPicker arms={arms} names={names} selected={arm} onSelect={select} />;
  const ofArm = (row: RowName) => row === 'student' || row === 'objective' || row === 'mapping';
  const compare = () => {
    const copy = copyArm(whole, whole.arms[index]);
    draft.editAll(() => copy.experiment);
    select(copy.id);
    choose(stage);
    startOpening(() => setOpen('objective'));
  };
  const count = stageCount(whole);
  const addStage = () => {
    const last = stagesOf(whole)[count - 1].text;
    const order = Array.from({ length: count }, (_, i) => i);
    draft.arrange((before) => withStageAdded(before, last, draft.teacher ?? null), [...order, null]);
    choose(count);
    startOpening(() => setOpen('text'));
  };
  const rows = (shown: readonly RowName[]) =>
    shown.map((row) => (
      <Row
        key={row}
        label={t(`experiment.rows.${row}`)}
        mark={ofArm(row) && arms.length > 1 && <Marker style={armStyle(index)} size={9} />}
        value={values[row]}
        changed={changed.includes(row)}
        open={open === row}
        onToggle={() => toggle(row)}
      >
        {ofArm(row) && picker}
        <RowEditor row={row} draft={draft} arm={arm} armName={names[index]} names={names} onSelect={select} />
        {row === 'objective' && <ComputedButton />}
      </Row>
    ));
  return (
    <section
      className={classes.panel}
      data-pending={draft.waits || undefined}
      aria-labelledby={heading}
      // Whoever comes here may be about to open a line.
      onPointerEnter={loadDialogs}
      onFocus={loadDialogs}
    >
      <h2 id={heading}>{t('experiment.title')}</h2>
      <p className={classes.lede}>
        {isTeacherInTraining(draft.experiment) ? (
          t('experiment.ledeTeacher')
        ) : (
          <Trans i18nKey="experiment.lede" components={{ arm: <Glossed word="arm" /> }} />
        )}
      </p>
      {count === 1 ? (
        rows(rowNames)
      ) : (
        <>
          {rows(rowNames.filter(isShared))}
          <StagePicker draft={draft} running={underWay ? running : null} onSelect={choose} />
          {rows(rowNames.filter((row) => !isShared(row)))}
        </>
      )}
      {draft.teacher && (
        <Wiring
          arm={arm}
          model={{ name: names[index], style: armStyle(index) }}
          source={sourceOf(arm)}
          sourceLayers={sourceShape(draft.experiment, draft.teacher, arm).layers}
        />
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
        {!isTeacherInTraining(whole) && (
          <Button
            variant="default"
            fullWidth
            disabled={count >= bounds.stages.max}
            leftSection={<Icon name="plus" />}
            onClick={addStage}
          >
            {t('experiment.stages.add')}
          </Button>
        )}
      </div>
      {draft.waits && <PendingBar draft={draft} onApplied={onApplied} />}
    </section>
  );
}

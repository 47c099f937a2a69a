import { Button, Group, Modal, NativeSelect, Radio } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../config/bounds';
import type { Architecture, Experiment, TextSource } from '../../config/experiment';
import { textName } from '../../i18n/textName';
import { continuedTeacher, evaluationsOf, scratchTeacher } from '../../store/edits';
import { useEstimate } from '../../store/pace';
import { useDraftStore } from '../../store/useDraftStore';
import { usePlayground } from '../../store/usePlayground';
import { Glossed } from '../controls/Glossed';
import { NumberField } from '../controls/NumberField';
import { useFocusBack } from '../controls/useFocusBack';
import { formatCount, formatDuration, formatShort } from '../format';
import classes from './dialogs.module.css';

/** Sizes that learn something from scratch within a lesson. */
const sizes: Architecture[] = [
  { layers: 2, hiddenSize: 32, heads: 2, intermediateSize: 128, tokenTypes: true },
  { layers: 2, hiddenSize: 64, heads: 4, intermediateSize: 256, tokenTypes: true },
  { layers: 4, hiddenSize: 64, heads: 4, intermediateSize: 256, tokenTypes: true },
];

interface TeacherDialogProps {
  text: TextSource;
  /** True for a text whose script or language the bundled teacher can't read. */
  foreign?: boolean;
  /** Sequences that the text gives to train on, where they have been counted: the steps follow from them. */
  sequences?: number | null;
  onClose: () => void;
}

/** Has a teacher learn a text, on from the present one or from scratch at a tiny size; says before what that will be. */
export function TeacherDialog({ text, foreign = false, sequences = null, onClose }: TeacherDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  const present = usePlayground((state) => state.experiment);
  const opened = usePlayground((state) => state.opened);
  const hasSteps = usePlayground((state) => state.status.step > 0);
  const start = useDraftStore((state) => state.start);
  const [from, setFrom] = useState<'continued' | 'scratch'>(foreign ? 'scratch' : 'continued');
  const [vocabularySize, setVocabularySize] = useState(1024);
  const [size, setSize] = useState(0);
  // Null: as many as suit the text.
  const [chosenSteps, setChosenSteps] = useState<number | null>(null);

  const inUse = opened?.teacher?.shape ?? null;
  const proposal =
    from === 'continued'
      ? continuedTeacher(present, text, inUse, sequences)
      : scratchTeacher(text, vocabularySize, sizes[size], sequences);
  const steps = chosenSteps ?? proposal.training.steps;
  const experiment: Experiment = {
    ...proposal,
    training: { ...proposal.training, steps, evaluateEvery: evaluationsOf(steps) },
  };
  const seconds = useEstimate(experiment, from === 'continued' ? inUse : null);
  const passes = sequences ? (steps * experiment.training.batchSize) / sequences : null;
  const plan = {
    duration: seconds === null ? '' : formatDuration(seconds),
    steps: formatCount(steps),
    passes: passes === null ? '' : passes < 10 ? formatShort(passes, 2) : formatCount(passes),
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('experiment.trainTeacher.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes.stack}>
        <p className={classes.lede}>
          <Trans
            i18nKey="experiment.trainTeacher.lede"
            values={{
              name: textName(text, t),
            }}
            components={{ hard: <Glossed word="hardLabels" />, b: <b /> }}
          />
        </p>
        <Radio.Group
          label={t('experiment.trainTeacher.from')}
          value={from}
          onChange={(value) => setFrom(value === 'scratch' ? 'scratch' : 'continued')}
        >
          <div className={classes.choices}>
            <Radio
              value="continued"
              label={t('experiment.trainTeacher.continued')}
              description={t('experiment.trainTeacher.continuedMeaning')}
            />
            <Radio
              value="scratch"
              label={t('experiment.trainTeacher.scratch')}
              description={t('experiment.trainTeacher.scratchMeaning')}
            />
          </div>
        </Radio.Group>
        <div className={classes.numbers}>
          <NumberField
            label={t('experiment.training.steps')}
            meaning={t('experiment.trainTeacher.stepsMeaning')}
            value={steps}
            bound={bounds.steps}
            onChange={setChosenSteps}
          />
          {from === 'scratch' && (
            <>
              <NumberField
                label={t('experiment.trainTeacher.vocabulary')}
                meaning={t('experiment.trainTeacher.vocabularyMeaning')}
                value={vocabularySize}
                bound={bounds.vocabularySize}
                onChange={setVocabularySize}
              />
              <NativeSelect
                size="xs"
                label={t('experiment.trainTeacher.size')}
                value={String(size)}
                onChange={(event) => setSize(Number(event.currentTarget.value))}
                data={sizes.map(({ layers, hiddenSize }, index) => ({
                  value: String(index),
                  label: t('experiment.shape', { count: layers, width: hiddenSize }),
                }))}
              />
            </>
          )}
        </div>
        <p>
          {seconds === null
            ? t('experiment.trainTeacher.planUntimed', plan)
            : passes === null
              ? t('experiment.trainTeacher.plan', plan)
              : t('experiment.trainTeacher.planPasses', { ...plan, count: Number(passes.toPrecision(1)) })}
        </p>
        <p className={classes.lede}>
          {t(hasSteps ? 'experiment.trainTeacher.nextReplacing' : 'experiment.trainTeacher.next')}
        </p>
        <Group gap="xs">
          <Button
            onClick={() => {
              start(experiment);
              onClose();
            }}
          >
            {t('experiment.trainTeacher.start')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

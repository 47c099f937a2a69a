import { Button, Group, Modal, NativeSelect, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../config/bounds';
import type { Architecture, TextSource } from '../../config/experiment';
import { usePlayground } from '../../store/usePlayground';
import { NumberField } from '../controls/NumberField';
import { useFocusBack } from '../controls/useFocusBack';
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
  onClose: () => void;
}

/** Opens an experiment in which a teacher learns a text: on from the bundled one, or from scratch at a tiny size. */
export function TeacherDialog({ text, foreign = false, onClose }: TeacherDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  const { trainTeacher } = usePlayground((state) => state.actions);
  const [from, setFrom] = useState(foreign ? 'scratch' : 'bundled');
  const [vocabularySize, setVocabularySize] = useState(1024);
  const [size, setSize] = useState(0);
  const start = () => {
    trainTeacher(
      text,
      from === 'bundled' ? { kind: 'bundled' } : { kind: 'scratch', vocabularySize, student: sizes[size] },
    );
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('text.teacher.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes.stack}>
        <p className={classes.lede}>{t('text.teacher.lede')}</p>
        <p>{t('text.teacher.on', { name: text.kind === 'own' ? text.name : t('experiment.bundledText') })}</p>
        <Radio.Group label={t('text.teacher.from')} value={from} onChange={setFrom}>
          <div className={classes.choices}>
            <Radio
              value="bundled"
              label={t('text.teacher.bundled')}
              description={t('text.teacher.bundledMeaning')}
            />
            <Radio
              value="scratch"
              label={t('text.teacher.scratch')}
              description={t('text.teacher.scratchMeaning')}
            />
          </div>
        </Radio.Group>
        {from === 'scratch' && (
          <div className={classes.choices}>
            <NumberField
              label={t('text.teacher.vocabulary')}
              meaning={t('text.teacher.vocabularyMeaning')}
              value={vocabularySize}
              bound={bounds.vocabularySize}
              onChange={setVocabularySize}
            />
            <NativeSelect
              size="xs"
              label={t('text.teacher.size')}
              value={String(size)}
              onChange={(event) => setSize(Number(event.currentTarget.value))}
              data={sizes.map(({ layers, hiddenSize }, index) => ({
                value: String(index),
                label: t('experiment.shape', { count: layers, width: hiddenSize }),
              }))}
            />
          </div>
        )}
        <p className={classes.lede}>{t('text.teacher.restart')}</p>
        <Group gap="xs">
          <Button onClick={start}>{t('text.teacher.start')}</Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

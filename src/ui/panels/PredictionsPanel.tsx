import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { AnswersUntaught } from '../controls/AnswersUntaught';
import { Meaning } from '../controls/Meaning';
import { MicroscopeButton } from '../controls/MicroscopeButton';
import { Panel } from '../controls/Panel';
import { useTask } from '../useTask';
import { Answers } from './predictions/Answers';
import { SentenceField } from './predictions/SentenceField';
import { TaskSentence } from './task/TaskSentence';

/** What each model puts in place of [MASK], or says of a task's text: its best tokens or classes at T, entropy, KL from the teacher. */
export function PredictionsPanel() {
  const { t } = useTranslation();
  const task = useTask();
  const scale = usePlayground((state) => state.view.probabilityScale);
  // Who has the numbers puts the menu that saves them there.
  const [head, setHead] = useState<HTMLElement | null>(null);
  const { setView } = usePlayground((state) => state.actions);
  // On a projector the bars need the room more than the sentence about them.
  const full = usePlayground((state) => state.view.fullPanel === 'predictions');
  const height = full ? '48em' : '40em';
  const low = useMediaQuery(`(max-height: ${height})`, undefined, { getInitialValueInEffect: false });
  return (
    <Panel
      name="predictions"
      title={t('predictions.title')}
      lede={
        !low &&
        (task ? (
          t(task.pairs ? 'predictions.task.ledePair' : 'predictions.task.lede')
        ) : (
          <Trans
            i18nKey="predictions.lede"
            components={[
              <Meaning key="mask" text={t('predictions.maskMeaning')}>
                {''}
              </Meaning>,
            ]}
          />
        ))
      }
      actions={
        <>
          <SegmentedControl
            aria-label={t('predictions.scale')}
            value={scale}
            onChange={(value) => setView({ probabilityScale: value as typeof scale })}
            data={[
              { value: 'linear', label: t('predictions.linear') },
              { value: 'log', label: t('predictions.log') },
            ]}
          />
          <span ref={setHead} />
        </>
      }
    >
      {task ? <TaskSentence task={task} /> : <SentenceField />}
      <Answers head={head} />
      <AnswersUntaught />
      <MicroscopeButton />
    </Panel>
  );
}

import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { Panel } from '../controls/Panel';
import { Answers } from './predictions/Answers';
import { SentenceField } from './predictions/SentenceField';

/** What each model puts in place of [MASK]: its best tokens at T, entropy, and KL from the teacher. */
export function PredictionsPanel() {
  const { t } = useTranslation();
  const scale = usePlayground((state) => state.view.probabilityScale);
  const { setView } = usePlayground((state) => state.actions);
  return (
    <Panel
      name="predictions"
      title={t('predictions.title')}
      lede={t('predictions.lede')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('predictions.scale')}
          value={scale}
          onChange={(value) => setView({ probabilityScale: value as typeof scale })}
          data={[
            { value: 'linear', label: t('predictions.linear') },
            { value: 'log', label: t('predictions.log') },
          ]}
        />
      }
    >
      <SentenceField />
      <Answers />
    </Panel>
  );
}

import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Trans, useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { Meaning } from '../controls/Meaning';
import { Panel } from '../controls/Panel';
import { Answers } from './predictions/Answers';
import { SentenceField } from './predictions/SentenceField';

/** What each model puts in place of [MASK]: its best tokens at T, entropy, and KL from the teacher. */
export function PredictionsPanel() {
  const { t } = useTranslation();
  const scale = usePlayground((state) => state.view.probabilityScale);
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
        !low && (
          <Trans
            i18nKey="predictions.lede"
            components={[
              <Meaning key="mask" text={t('predictions.maskMeaning')}>
                {''}
              </Meaning>,
            ]}
          />
        )
      }
      actions={
        <SegmentedControl
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

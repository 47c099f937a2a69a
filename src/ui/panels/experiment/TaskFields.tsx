import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tinybertAugmentation } from '../../../config/augmentation';
import { bounds } from '../../../config/bounds';
import type { Stage } from '../../../config/experiment';
import { withoutNothing } from '../../../config/paths';
import { usualTuning } from '../../../config/tasks';
import { NumberField } from '../../controls/NumberField';
import { VectorsDialog } from '../VectorsDialog';
import type { Draft } from './useDraft';

/** What only a task has: a teacher who is tuned on it, and variants of its rows. */
export function TaskFields({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { tuning, augmentation } = draft.experiment;
  const [choosing, setChoosing] = useState(false);
  const change = (changes: Pick<Partial<Stage>, 'tuning' | 'augmentation'>) =>
    draft.edit((before) => withoutNothing({ ...before, ...changes }));
  return (
    <>
      {draft.teacher && (
        <NativeSelect
          size="xs"
          label={t('experiment.taught.title')}
          description={t('experiment.taught.byMeaning')}
          value={tuning ? 'tuned' : 'untuned'}
          onChange={(event) =>
            change({ tuning: event.currentTarget.value === 'tuned' ? usualTuning : undefined })
          }
          data={[
            { value: 'tuned', label: t('experiment.taught.tuned') },
            { value: 'untuned', label: t('experiment.taught.untuned') },
          ]}
        />
      )}
      {tuning && (
        <>
          <NumberField
            label={t('experiment.taught.steps')}
            meaning={t('experiment.taught.stepsMeaning')}
            value={tuning.steps}
            bound={bounds.steps}
            onChange={(steps) => change({ tuning: { ...tuning, steps } })}
          />
          <NumberField
            label={t('experiment.taught.learningRate')}
            meaning={t('experiment.taught.learningRateMeaning')}
            value={tuning.learningRate}
            bound={bounds.learningRate}
            onChange={(learningRate) => change({ tuning: { ...tuning, learningRate } })}
          />
        </>
      )}
      <NativeSelect
        size="xs"
        label={t('experiment.augmentation.label')}
        description={t('experiment.augmentation.meaning')}
        value={augmentation ? 'on' : 'off'}
        onChange={(event) =>
          change({
            augmentation:
              event.currentTarget.value === 'on' ? { tries: tinybertAugmentation.tries } : undefined,
          })
        }
        data={[
          { value: 'off', label: t('experiment.augmentation.off') },
          { value: 'on', label: t('experiment.augmentation.on') },
        ]}
      />
      {augmentation && (
        <>
          <NumberField
            label={t('experiment.augmentation.tries')}
            meaning={t('experiment.augmentation.triesMeaning')}
            value={augmentation.tries}
            bound={bounds.augmentationTries}
            onChange={(tries) => change({ augmentation: { tries } })}
          />
          <Button variant="default" size="xs" onClick={() => setChoosing(true)}>
            {t('experiment.augmentation.vectors')}
          </Button>
        </>
      )}
      {choosing && <VectorsDialog onClose={() => setChoosing(false)} />}
    </>
  );
}

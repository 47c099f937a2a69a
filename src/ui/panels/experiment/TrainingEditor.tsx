import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import type { Training } from '../../../config/experiment';
import { withoutNothing } from '../../../config/paths';
import { isTask } from '../../../config/tasks';
import { NumberField } from '../../controls/NumberField';
import type { Draft } from './useDraft';

const numbers = [
  'steps',
  'batchSize',
  'sequenceLength',
  'accumulation',
  'warmup',
  'weightDecay',
  'clipNorm',
  'maskProbability',
  'evaluateEvery',
  'seed',
] as const satisfies (keyof Training & keyof typeof bounds)[];

/** How far an arrow key moves a share. */
const arrowSteps: Partial<Record<keyof Training, number>> = {
  warmup: 0.01,
  weightDecay: 0.01,
  maskProbability: 0.01,
};

/** Budget, optimiser, dropout, masking where words are guessed, and seed. The learning rate acts at once; all else restarts the run. */
export function TrainingEditor({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { training, text } = draft.experiment;
  const acts = draft.acts();
  const ofTask = isTask(text);
  const change = (changes: Partial<Training>) =>
    draft.edit((before) => ({ ...before, training: withoutNothing({ ...before.training, ...changes }) }));
  return (
    <>
      <NumberField
        label={t('experiment.training.learningRate')}
        meaning={
          acts
            ? t(`experiment.actsMeaning.${acts}`, { meaning: t('experiment.training.learningRateMeaning') })
            : t('experiment.training.learningRateMeaning')
        }
        value={training.learningRate}
        bound={bounds.learningRate}
        onChange={(value) => draft.setNumber(null, 'training.learningRate', value)}
      />
      {numbers
        .filter((name) => !ofTask || name !== 'maskProbability')
        .map((name) => (
          <NumberField
            key={name}
            label={t(`experiment.training.${name}`)}
            meaning={t(`experiment.training.${name}Meaning`)}
            value={training[name]}
            bound={bounds[name]}
            step={arrowSteps[name]}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
      <NumberField
        label={t('experiment.training.dropout')}
        meaning={t('experiment.training.dropoutMeaning')}
        value={training.dropout ?? 0}
        bound={bounds.dropout}
        step={0.05}
        onChange={(share) => change({ dropout: share || undefined })}
      />
      {!ofTask && (
        <NativeSelect
          size="xs"
          label={t('experiment.training.maskSelection')}
          description={t('experiment.training.maskSelectionMeaning')}
          value={training.maskSelection}
          onChange={(event) =>
            change({ maskSelection: event.currentTarget.value === 'rare' ? 'rare' : 'uniform' })
          }
          data={[
            { value: 'uniform', label: t('experiment.training.uniform') },
            { value: 'rare', label: t('experiment.training.rare') },
          ]}
        />
      )}
    </>
  );
}

import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { presetState } from '../../config/presetChanges';
import { presets } from '../../config/presets';
import { bundledTeachers } from '../../config/teachers';
import { useEstimate } from '../../store/pace';
import { usePlayground } from '../../store/usePlayground';
import { formatDuration } from '../format';
import { Icon } from './Icon';
import classes from './Strip.module.css';

/** After a run of the tiny preset, which is what opens without a GPU: what the larger one would take here. */
export function LeadOn() {
  const { t } = useTranslation();
  const finished = usePlayground(
    ({ status, preset, experiment }) =>
      preset === 'tiny' && status.state === 'finished' && presetState(experiment, 'tiny') === 'same',
  );
  const { choosePreset } = usePlayground((state) => state.actions);
  const seconds = useEstimate(presets.distilbert, bundledTeachers['stories-4x128']);
  const [dismissed, setDismissed] = useState(false);
  if (!finished || dismissed || seconds === null) return null;
  return (
    <section className={classes.strip} aria-label={t('experiment.leadOn.label')}>
      <p className={classes.words}>{t('experiment.leadOn.text', { duration: formatDuration(seconds) })}</p>
      <Button variant="default" size="xs" onClick={() => choosePreset('distilbert')}>
        {t('experiment.leadOn.open')}
      </Button>
      <ActionIcon variant="subtle" aria-label={t('shell.dismiss')} onClick={() => setDismissed(true)}>
        <Icon name="close" />
      </ActionIcon>
    </section>
  );
}

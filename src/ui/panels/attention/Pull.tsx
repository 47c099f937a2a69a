import { Button } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { termOf } from '../../../methods/registry';
import { usePlayground } from '../../../store/usePlayground';
import { Typeset } from '../../controls/Typeset';
import type { NamedModel } from '../../useModelNames';
import styles from './attention.module.css';
import { pullOf } from './headMaps';

interface Props {
  /** The arm that is shown. */
  arm: Arm;
  arms: Arm[];
  models: NamedModel[];
}

/** Whether anything pulls this student's attention to the teacher's, and where to see it where nothing does. */
export const Pull = memo(function Pull({ arm, arms, models }: Props) {
  const { t } = useTranslation();
  const view = usePlayground((state) => state.view.attention);
  const { setView, choosePreset } = usePlayground((state) => state.actions);
  const pull = pullOf(arm, arms);
  const by = pull.kind === 'other' ? models.find(({ id }) => id === pull.by.id) : undefined;
  return (
    <div className={styles.pull}>
      <p>
        <Typeset>
          {pull.kind === 'own'
            ? t('attention.pull.own', { terms: pull.terms.map((term): string => termOf(term).symbol) })
            : t(`attention.pull.${pull.kind}`)}
        </Typeset>
      </p>
      {by && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setView({ attention: { ...view, arm: by.id } })}
        >
          {t('attention.pullShow', { model: by.name })}
        </Button>
      )}
      {pull.kind === 'none' && (
        <Button
          variant="default"
          size="compact-sm"
          title={t('attention.pullPresetHint')}
          onClick={() => choosePreset('tinybert')}
        >
          {t('attention.pullPreset')}
        </Button>
      )}
    </div>
  );
});

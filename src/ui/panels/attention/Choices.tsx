import { NativeSelect } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { isMappedOnTeacher } from '../../../config/sources';
import { usePlayground } from '../../../store/usePlayground';
import type { NamedModel } from '../../useModelNames';
import styles from './attention.module.css';
import { type Choice, comparedBlocks } from './headMaps';

interface Props {
  choice: Choice;
  arms: NamedModel[];
  hasTeacher: boolean;
}

/** Which student, block and head the maps show. */
export const Choices = memo(function Choices({ choice, arms, hasTeacher }: Props) {
  const { t } = useTranslation();
  const shown = usePlayground((state) => state.view.attention);
  const { setView } = usePlayground((state) => state.actions);
  const { arm, block, head } = choice;
  const choose = (changes: Partial<typeof shown>) =>
    setView({ attention: { ...shown, arm: arm.id, block, head, ...changes } });
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  return (
    <div className={styles.choices}>
      <NativeSelect
        size="xs"
        label={t('attention.student')}
        value={arm.id}
        data={arms.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => choose({ arm: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t('attention.block')}
        value={String(block)}
        data={numbers(comparedBlocks(arm, hasTeacher)).map((number) => ({
          value: String(number),
          label:
            hasTeacher && isMappedOnTeacher(arm) && arm.mapping[number - 1]
              ? t('attention.blockOf', { block: number, teacher: arm.mapping[number - 1] })
              : t('attention.blockAlone', { block: number }),
        }))}
        onChange={(event) => choose({ block: Number(event.currentTarget.value) })}
      />
      <NativeSelect
        size="xs"
        label={t('attention.head')}
        value={String(head)}
        data={numbers(arm.student.heads).map(String)}
        onChange={(event) => choose({ head: Number(event.currentTarget.value) })}
      />
    </div>
  );
});

import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { spoken } from '../../symbols';

interface ArmPickerProps {
  arms: readonly Arm[];
  names: readonly string[];
  selected: Arm;
  onSelect: (id: string) => void;
}

/** Which arm the editor below is about; nothing where there is only one. */
export function ArmPicker({ arms, names, selected, onSelect }: ArmPickerProps) {
  const { t } = useTranslation();
  if (arms.length < 2) return null;
  return (
    <NativeSelect
      size="xs"
      label={t('experiment.arm')}
      value={selected.id}
      onChange={(event) => onSelect(event.currentTarget.value)}
      data={arms.map(({ id }, index) => ({ value: id, label: spoken(names[index]) }))}
    />
  );
}

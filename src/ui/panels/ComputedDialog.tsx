import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from '../controls/PanelBoundary';
import { useFocusBack } from '../controls/useFocusBack';

const Computed = lazy(async () => ({ default: (await import('./computed/Computed')).Computed }));

/** "What is exactly computed": the formulas, and each difference from the programs of the papers. */
export function ComputedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      fullScreen={narrow}
      radius={narrow ? 0 : undefined}
      title={t('computed.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <PanelBoundary minHeight={140}>
        <Computed />
      </PanelBoundary>
    </Modal>
  );
}

import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from '../controls/PanelBoundary';
import { useFocusBack } from '../controls/useFocusBack';
import { Measurement } from './speed/Measurement';

/** "How fast is this?": the engine beside two others on the visitor's machine. */
export function SpeedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      fullScreen={narrow}
      radius={narrow ? 0 : undefined}
      title={t('speed.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <PanelBoundary minHeight={140}>
        <Measurement />
      </PanelBoundary>
    </Modal>
  );
}

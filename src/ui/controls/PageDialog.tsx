import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './useFocusBack';

interface PageDialogProps {
  title: string;
  size: 'lg' | 'xl' | '72rem';
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is long enough to fill a phone, and gives the focus back to what opened it. */
export function PageDialog({ title, size, onClose, children }: PageDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={onClose}
      size={size}
      fullScreen={narrow}
      radius={narrow ? 0 : undefined}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Modal>
  );
}

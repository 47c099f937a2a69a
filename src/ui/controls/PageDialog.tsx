import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pastStep } from '../../store/shown';
import { usePlayground } from '../../store/usePlayground';
import { formatCount } from '../format';
import dialogs from '../panels/dialogs.module.css';
import { useFocusBack } from './useFocusBack';

interface PageDialogProps {
  title: string;
  size: 'lg' | 'xl' | '72rem';
  onClose: () => void;
  /** It shows the run as it is now, and says so to whoever comes from its past. */
  ofNow?: boolean;
  children: ReactNode;
}

/** A dialog that is long enough to fill a phone, and gives the focus back to what opened it. */
export function PageDialog({ title, size, onClose, ofNow = false, children }: PageDialogProps) {
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
      {ofNow && <NotThePast />}
      {children}
    </Modal>
  );
}

function NotThePast() {
  const { t } = useTranslation();
  const past = usePlayground(pastStep);
  const now = usePlayground(({ status }) => status.step);
  if (past === null) return null;
  return (
    <p className={dialogs.note} role="note">
      {t('shell.timeline.notThePast', { past: formatCount(past), now: formatCount(now) })}
    </p>
  );
}

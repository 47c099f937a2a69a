import { Drawer } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ExperimentDrawerProps {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** The experiment, where the page has no column for it. */
export function ExperimentDrawer({ opened, onClose, children }: ExperimentDrawerProps) {
  const { t } = useTranslation();
  // It is there closed before it opens: what had the focus is noted when it does.
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(opened), [opened]);
  return (
    <Drawer
      opened={shown}
      onClose={onClose}
      size="min(420px, 100%)"
      attributes={{ content: { 'aria-label': t('experiment.title') } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {children}
    </Drawer>
  );
}

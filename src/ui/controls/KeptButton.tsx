import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeptDialog } from '../dialogs';
import header from '../Header.module.css';
import type { KeptDialogProps } from '../panels/KeptDialog';

/** Opens the list of what is kept in this browser. */
export function KeptButton(actions: Omit<KeptDialogProps, 'onClose'>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className={header.tool} variant="default" size="xs" radius="xl" onClick={() => setOpen(true)}>
        {t('shell.kept')}
      </Button>
      {open && <KeptDialog {...actions} onClose={() => setOpen(false)} />}
    </>
  );
}

import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import header from '../Header.module.css';
import { lazyChunk } from '../lazyChunk';
import type { KeptDialogProps } from '../panels/KeptDialog';

// Few visitors look: the others need not load it.
const KeptDialog = lazyChunk(async () => (await import('../panels/KeptDialog')).KeptDialog);

/** Opens the list of what is kept in this browser. */
export function KeptButton(actions: Omit<KeptDialogProps, 'onClose'>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className={header.tool} variant="default" size="xs" radius="xl" onClick={() => setOpen(true)}>
        {t('kept.open')}
      </Button>
      {open && (
        <Suspense>
          <KeptDialog {...actions} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

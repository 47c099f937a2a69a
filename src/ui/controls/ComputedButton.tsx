import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyChunk } from '../lazyChunk';
import dialogs from '../panels/dialogs.module.css';

// Few visitors look: the others need not load it.
const ComputedDialog = lazyChunk(async () => (await import('../panels/ComputedDialog')).ComputedDialog);

/** Stands beside formulas, and opens what is exactly computed. */
export function ComputedButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={dialogs.link} onClick={() => setOpened(true)}>
        {t('computed.open')}
      </button>
      {opened && (
        <Suspense>
          <ComputedDialog onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}

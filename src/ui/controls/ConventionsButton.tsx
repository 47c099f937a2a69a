import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConventionsDialog, loadDialogs } from '../dialogs';
import type { Rows } from '../panels/conventions/lens';
import dialogs from '../panels/dialogs.module.css';

/** Stands where T² is explained, and opens the same loss as other programs write it down. */
export function ConventionsButton({ own }: { own?: Rows }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button
        type="button"
        className={dialogs.link}
        onClick={() => setOpened(true)}
        onPointerEnter={loadDialogs}
      >
        {t('common.conventions')}
      </button>
      {opened && <ConventionsDialog own={own} onClose={() => setOpened(false)} />}
    </>
  );
}

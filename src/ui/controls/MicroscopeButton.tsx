import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadDialogs, MicroscopeDialog } from '../dialogs';
import dialogs from '../panels/dialogs.module.css';

/** Stands where T acts on what one sees, and opens the temperature microscope. */
export function MicroscopeButton() {
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
        {t('common.microscope')}
      </button>
      {opened && <MicroscopeDialog onClose={() => setOpened(false)} />}
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ComputedDialog } from '../dialogs';
import dialogs from '../panels/dialogs.module.css';

/** Stands beside formulas, and opens what is exactly computed. */
export function ComputedButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={dialogs.link} data-no-figure onClick={() => setOpened(true)}>
        {t('common.computed.open')}
      </button>
      {opened && <ComputedDialog onClose={() => setOpened(false)} />}
    </>
  );
}

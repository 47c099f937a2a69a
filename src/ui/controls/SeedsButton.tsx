import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SeedsDialog } from '../dialogs';
import dialogs from '../panels/dialogs.module.css';
import { ToGo } from './ToGo';

/** Asks whether what the scoreboard shows is chance. */
export function SeedsButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button
        type="button"
        className={dialogs.link}
        title={t('scoreboard.luckHint')}
        onClick={() => setOpened(true)}
      >
        {t('scoreboard.luck')}
        <ToGo askedFor="seeds" />
      </button>
      {opened && <SeedsDialog onClose={() => setOpened(false)} />}
    </>
  );
}

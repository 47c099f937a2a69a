import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import dialogs from '../dialogs.module.css';
import { SaveModelsDialog } from '../SaveModelsDialog';

/** The scoreboard's link once more, where teachers and students are chosen: the dialog has loaded with these editors. */
export function SaveModelsLink() {
  const { t } = useTranslation();
  const isOpened = usePlayground((state) => state.opened !== null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={dialogs.link}
        title={t('scoreboard.saveModelsHint')}
        disabled={!isOpened}
        onClick={() => setOpen(true)}
      >
        {t('scoreboard.saveModels')}
      </button>
      {open && <SaveModelsDialog onClose={() => setOpen(false)} />}
    </>
  );
}

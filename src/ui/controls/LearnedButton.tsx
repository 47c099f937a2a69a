import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LearnedDialog } from '../dialogs';
import classes from './TemperatureBar.module.css';
import { ToGo } from './ToGo';

/** From what T shows to what is learned at it. */
export function LearnedButton() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button type="button" className={classes.other} onClick={() => setOpened(true)}>
        {t('shell.temperature.learned')}
        <ToGo askedFor="sweep" />
      </button>
      {opened && <LearnedDialog onClose={() => setOpened(false)} />}
    </>
  );
}

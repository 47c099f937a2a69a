import { useTranslation } from 'react-i18next';
import { SeedsDialog } from '../dialogs';
import { DialogLink } from './DialogLink';
import { ToGo } from './ToGo';

/** Asks whether what the scoreboard shows is chance. */
export function SeedsButton() {
  const { t } = useTranslation();
  const label = (
    <>
      {t('scoreboard.luck')}
      <ToGo askedFor="seeds" />
    </>
  );
  return (
    <DialogLink label={label} title={t('scoreboard.luckHint')}>
      {(onClose) => <SeedsDialog onClose={onClose} />}
    </DialogLink>
  );
}

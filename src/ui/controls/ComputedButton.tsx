import { useTranslation } from 'react-i18next';
import { ComputedDialog } from '../dialogs';
import { DialogLink } from './DialogLink';

/** Stands beside formulas, and opens what is exactly computed. */
export function ComputedButton() {
  const { t } = useTranslation();
  return (
    <DialogLink label={t('common.computed.open')}>
      {(onClose) => <ComputedDialog onClose={onClose} />}
    </DialogLink>
  );
}

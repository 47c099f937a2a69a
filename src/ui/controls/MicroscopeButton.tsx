import { useTranslation } from 'react-i18next';
import { MicroscopeDialog } from '../dialogs';
import { DialogLink } from './DialogLink';

/** Stands where T acts on what one sees, and opens the temperature microscope. */
export function MicroscopeButton() {
  const { t } = useTranslation();
  return (
    <DialogLink label={t('common.microscope')}>
      {(onClose) => <MicroscopeDialog onClose={onClose} />}
    </DialogLink>
  );
}

import { useTranslation } from 'react-i18next';
import { ConventionsDialog } from '../dialogs';
import type { Rows } from '../panels/conventions/lens';
import { DialogLink } from './DialogLink';

/** Stands where T² is explained, and opens the same loss as other programs write it down. */
export function ConventionsButton({ own }: { own?: Rows }) {
  const { t } = useTranslation();
  return (
    <DialogLink label={t('common.conventions')}>
      {(onClose) => <ConventionsDialog own={own} onClose={onClose} />}
    </DialogLink>
  );
}

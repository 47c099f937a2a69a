import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { LedgerDialog } from '../dialogs';
import { DialogLink } from './DialogLink';

/** Stands below the curves of losses, and opens the gradient ledger; while that is kept it says so, since it costs time. */
export function LedgerButton() {
  const { t } = useTranslation();
  const kept = usePlayground(({ ledger }) => ledger.setting !== null);
  return (
    <DialogLink label={t(kept ? 'losses.ledgerKept' : 'losses.ledger')}>
      {(onClose) => <LedgerDialog onClose={onClose} />}
    </DialogLink>
  );
}

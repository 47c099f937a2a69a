import { useTranslation } from 'react-i18next';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { Computed } from './computed/Computed';

/** "What is exactly computed": the formulas, and each difference from the programs of the papers. */
export function ComputedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <PageDialog title={t('common.computed.title')} size="xl" onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <Computed />
      </PanelBoundary>
    </PageDialog>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { ConventionsDialog } from './ConventionsDialog';
import { Computed } from './computed/Computed';

/** "What is exactly computed": the formulas, and each difference from the programs of the papers. */
export function ComputedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  // In its place, and not over it: one Escape, one dialog.
  const [conventions, setConventions] = useState(false);
  if (conventions) return <ConventionsDialog onClose={() => setConventions(false)} />;
  return (
    <PageDialog title={t('common.computed.title')} size="xl" onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <Computed onConventions={() => setConventions(true)} />
      </PanelBoundary>
    </PageDialog>
  );
}

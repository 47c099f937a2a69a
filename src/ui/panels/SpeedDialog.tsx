import { useTranslation } from 'react-i18next';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { Measurement } from './speed/Measurement';

/** "How fast is this?": the engine beside two others on the visitor's machine. */
export function SpeedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <PageDialog title={t('speed.title')} size="lg" onClose={onClose}>
      <PanelBoundary minHeight={140}>
        <Measurement />
      </PanelBoundary>
    </PageDialog>
  );
}

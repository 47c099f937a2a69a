import { useTranslation } from 'react-i18next';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { Microscope } from './microscope/Microscope';

/** "Temperature microscope": one word's logits at every T, and what students learn from them. */
export function MicroscopeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <PageDialog title={t('microscope.title')} size="72rem" ofNow onClose={onClose}>
      <PanelBoundary minHeight={420}>
        <Microscope />
      </PanelBoundary>
    </PageDialog>
  );
}

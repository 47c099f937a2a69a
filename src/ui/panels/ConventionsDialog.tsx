import { useTranslation } from 'react-i18next';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { Conventions } from './conventions/Conventions';
import type { Rows } from './conventions/lens';

interface Props {
  /** Logits that a person has set in the softmax lab, where it is opened from there. */
  own?: Rows;
  onClose: () => void;
}

/** "The same loss in other programs": one teacher's and one student's logits through the conventions of each. */
export function ConventionsDialog({ own, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <PageDialog title={t('common.conventions')} size="72rem" onClose={onClose}>
      <PanelBoundary minHeight={420}>
        <Conventions own={own} />
      </PanelBoundary>
    </PageDialog>
  );
}

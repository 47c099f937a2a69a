import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import { DialogLink } from '../../controls/DialogLink';
import { SaveModelsDialog } from '../SaveModelsDialog';

/** The scoreboard's link once more, where teachers and students are chosen: this part loads with the dialogs. */
export function SaveModelsLink() {
  const { t } = useTranslation();
  const isOpened = usePlayground((state) => state.opened !== null);
  return (
    <DialogLink
      label={t('scoreboard.saveModels')}
      title={t('scoreboard.saveModelsHint')}
      disabled={!isOpened}
    >
      {(onClose) => <SaveModelsDialog onClose={onClose} />}
    </DialogLink>
  );
}

import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { SaveModelsDialog } from '../dialogs';
import { DialogLink } from './DialogLink';

/** Opens what a model can be saved as for other programs. */
export function SaveModelsButton() {
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

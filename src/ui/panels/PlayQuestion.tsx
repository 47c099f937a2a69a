import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { drafted } from '../../store/draft';
import { useDraftStore } from '../../store/useDraftStore';
import { usePlayground } from '../../store/usePlayground';
import { Typeset } from '../controls/Typeset';
import { useFocusBack } from '../controls/useFocusBack';
import { useProblemWords } from '../useProblemWords';
import dialogs from './dialogs.module.css';
import { useChangedWords } from './experiment/useChangedWords';

/** What Play asks where changes of the experiment are not applied: start again with them, or go on without. */
export function PlayQuestion({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const run = usePlayground();
  const { pending, startAgain, goOn } = useDraftStore();
  const { experiment, problems } = drafted(pending, run);
  const words = useProblemWords(experiment);
  const { parts, from } = useChangedWords(pending, experiment);
  const [problem] = problems;
  const said = problem && words(problem);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('experiment.asks.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={dialogs.stack}>
        <p>{t('experiment.asks.text', { parts, step: run.status.step, from })}</p>
        {said && (
          <div className={dialogs.problem}>
            <strong>
              <Typeset>{said.title}</Typeset>
            </strong>
            <p>
              <Typeset>{said.text}</Typeset>
            </p>
          </div>
        )}
        <Group gap="xs">
          <Button data-autofocus={!said || undefined} disabled={Boolean(said)} onClick={startAgain}>
            {t('experiment.asks.startAgain')}
          </Button>
          <Button data-autofocus={said ? true : undefined} variant="default" onClick={goOn}>
            {t('experiment.asks.goOn')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

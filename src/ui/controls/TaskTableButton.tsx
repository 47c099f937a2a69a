import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTask } from '../../config/tasks';
import { presentStage } from '../../store/stage';
import { usePlayground } from '../../store/usePlayground';
import { TaskTableDialog } from '../dialogs';
import dialogs from '../panels/dialogs.module.css';

/** Opens what recipes have come to on every task; where no task is learned there is no way to it. */
export function TaskTableButton() {
  const { t } = useTranslation();
  const isOfTask = usePlayground((state) => isTask(presentStage(state).text));
  const [opened, setOpened] = useState(false);
  if (!isOfTask && !opened) return null;
  return (
    <>
      <button type="button" className={dialogs.link} data-no-figure onClick={() => setOpened(true)}>
        {t('scoreboard.taskTable')}
      </button>
      {opened && <TaskTableDialog onClose={() => setOpened(false)} />}
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stagesOf } from '../../config/stages';
import { isTask } from '../../config/tasks';
import { usePlayground } from '../../store/usePlayground';
import { TaskTableDialog } from '../dialogs';
import dialogs from '../panels/dialogs.module.css';

/** Opens what recipes have come to on every task, and says while it is being filled; where no task is learned there is no way to it. */
export function TaskTableButton() {
  const { t } = useTranslation();
  const isOfTask = usePlayground(({ experiment }) => stagesOf(experiment).some(({ text }) => isTask(text)));
  const isFilling = usePlayground(({ filling }) => filling !== null);
  const [opened, setOpened] = useState(false);
  if (!isOfTask && !isFilling && !opened) return null;
  return (
    <>
      <button type="button" className={dialogs.link} data-no-figure onClick={() => setOpened(true)}>
        {t(isFilling ? 'scoreboard.taskTableFills' : 'scoreboard.taskTable')}
      </button>
      {opened && <TaskTableDialog onClose={() => setOpened(false)} />}
    </>
  );
}

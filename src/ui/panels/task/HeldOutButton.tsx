import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../../store/usePlayground';
import { HeldOutDialog, loadDialogs } from '../../dialogs';
import type { NamedModel } from '../../useModelNames';
import type { Task } from '../../useTask';

/** Opens the held-out rows of the task, with what every model says of them. */
export function HeldOutButton({ task, models }: { task: Task; models: readonly NamedModel[] }) {
  const { t } = useTranslation();
  const isOpened = usePlayground((state) => state.opened !== null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setOpen(true)}
        onPointerEnter={loadDialogs}
        disabled={!isOpened}
        title={t('scoreboard.task.heldOutHint')}
      >
        {t('scoreboard.task.heldOut')}
      </Button>
      {open && <HeldOutDialog task={task} models={models} onClose={() => setOpen(false)} />}
    </>
  );
}

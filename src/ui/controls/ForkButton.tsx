import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canFork } from '../../config/forks';
import { isTeacherInTraining } from '../../config/teacherTraining';
import { usePlayground } from '../../store/usePlayground';
import { ForkDialog, loadDialogs } from '../dialogs';
import { formatCount } from '../format';

/** Opens the dialog that forks the run at a step; nothing where that can't be. */
export function ForkButton({ step }: { step: number }) {
  const { t } = useTranslation();
  const [at, setAt] = useState<number | null>(null);
  const can = usePlayground(
    ({ experiment, status }) => canFork(experiment, step, status.steps) && !isTeacherInTraining(experiment),
  );
  const full = usePlayground(
    ({ experiment, status }) =>
      canFork({ arms: [] }, step, status.steps) && !canFork(experiment, step, status.steps),
  );
  const { restReplay } = usePlayground((state) => state.actions);
  if (!can && !full) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        disabled={full}
        title={t(full ? 'shell.timeline.forkFull' : 'shell.timeline.forkMeaning', {
          step: formatCount(step),
        })}
        onPointerEnter={loadDialogs}
        onClick={() => {
          restReplay();
          setAt(step);
        }}
      >
        {t('shell.timeline.fork')}
      </Button>
      {at !== null && <ForkDialog step={at} onClose={() => setAt(null)} />}
    </>
  );
}

import { Button } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canFork } from '../../config/forks';
import { isTeacherInTraining } from '../../config/teacherTraining';
import { usePlayground } from '../../store/usePlayground';
import { formatCount } from '../format';

interface Props {
  step: number;
  /** Where this stands with the page it loads when it opens, and in a dialog it is there. */
  dialog: ComponentType<{ step: number; onClose: () => void }>;
  /** A pointer has come near. */
  onNear?: () => void;
}

/** Opens the dialog that forks the run at a step; nothing where that can't be. */
export function ForkButton({ step, dialog: Dialog, onNear }: Props) {
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
        onPointerEnter={onNear}
        onClick={() => {
          restReplay();
          setAt(step);
        }}
      >
        {t('shell.timeline.fork')}
      </Button>
      {at !== null && <Dialog step={at} onClose={() => setAt(null)} />}
    </>
  );
}

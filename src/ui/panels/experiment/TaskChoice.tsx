import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TextSource } from '../../../config/experiment';
import { bundledTaskIds } from '../../../config/tasks';
import classes from './experiment.module.css';

interface Props {
  present: TextSource;
  onUse: (source: TextSource) => void;
}

/** The tasks that a stage can have in place of a text. */
export function TaskChoice({ present, onUse }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.note}>{t('experiment.text.tasks')}</p>
      <div className={classes.buttons}>
        {bundledTaskIds
          .filter((id) => id !== present.id)
          .map((id) => {
            const name = t(`tasks.task.${id}.name`);
            return (
              <Button
                key={id}
                variant="default"
                size="xs"
                aria-label={t('experiment.text.useTask', { name })}
                title={t(`tasks.task.${id}.question`)}
                onClick={() => onUse({ kind: 'task', id })}
              >
                {name}
              </Button>
            );
          })}
      </div>
    </>
  );
}

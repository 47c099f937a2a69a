import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowsSource, TextSource } from '../../../config/experiment';
import { bundledTaskIds } from '../../../config/tasks';
import { usePlayground } from '../../../store/usePlayground';
import { RowsDialog } from '../RowsDialog';
import classes from './experiment.module.css';

interface Props {
  present: TextSource;
  onUse: (source: TextSource) => void;
}

/** The tasks that a stage can have in place of a text: the bundled ones, a person's kept rows, or rows to bring now. */
export function TaskChoice({ present, onUse }: Props) {
  const { t } = useTranslation();
  const { listRows } = usePlayground((state) => state.actions);
  const [kept, setKept] = useState<RowsSource[]>([]);
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    let current = true;
    listRows().then(
      (rows) =>
        current &&
        setKept(rows.map(({ id, name, labels }): RowsSource => ({ kind: 'rows', id, name, labels }))),
      // Storage that can't be read holds nothing to choose from.
      () => current && setKept([]),
    );
    return () => {
      current = false;
    };
  }, [listRows]);
  const bundled = bundledTaskIds.map((id) => ({
    source: { kind: 'task', id } as const,
    name: t(`tasks.task.${id}.name`),
    question: t(`tasks.task.${id}.question`),
  }));
  const own = kept.map((source) => ({ source, name: source.name, question: t('experiment.text.rows') }));
  return (
    <>
      <p className={classes.note}>{t('experiment.text.tasks')}</p>
      <div className={classes.buttons}>
        {[...bundled, ...own]
          .filter(({ source }) => source.id !== present.id)
          .map(({ source, name, question }) => (
            <Button
              key={source.id}
              variant="default"
              size="xs"
              aria-label={t('experiment.text.useTask', { name })}
              title={question}
              onClick={() => onUse(source)}
            >
              {name}
            </Button>
          ))}
        <Button variant="default" size="xs" onClick={() => setAdding(true)}>
          {t('experiment.text.addRows')}
        </Button>
      </div>
      {adding && <RowsDialog onUse={onUse} onClose={() => setAdding(false)} />}
    </>
  );
}

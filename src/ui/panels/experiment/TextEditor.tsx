import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { TextSource } from '../../../config/experiment';
import { isTask } from '../../../config/tasks';
import { bundledTextIds, withheldWord } from '../../../config/text';
import { stageOf } from '../../../store/stage';
import { withText } from '../../../store/stageTexts';
import { usePlayground } from '../../../store/usePlayground';
import { Glossed } from '../../controls/Glossed';
import { formatCount } from '../../format';
import { TextDialog } from '../TextDialog';
import classes from './experiment.module.css';
import { TaskChoice } from './TaskChoice';
import { TaskFields } from './TaskFields';
import type { Draft } from './useDraft';
import { WithheldField } from './WithheldField';

/** What batches are cut from: the stories, one's own text, one that is kept, or the rows of a task. */
export function TextEditor({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const { text } = draft.experiment;
  const opened = usePlayground((state) => state.opened);
  const { listTexts } = usePlayground((state) => state.actions);
  const [kept, setKept] = useState<{ id: string; name: string }[]>([]);
  const [dialogOpen, setDialogOpen] = useState(false);

  useEffect(() => {
    let current = true;
    listTexts().then(
      (texts) => current && setKept(texts),
      // Storage that can't be read holds nothing to choose from.
      () => current && setKept([]),
    );
    return () => {
      current = false;
    };
  }, [listTexts]);

  const use = (source: TextSource) => draft.edit((before) => withText(before, source, draft.teacher ?? null));
  const meaning = () => {
    if (text.kind === 'own') return t('experiment.text.own');
    if (text.kind === 'bundled') return t(`experiment.text.bundled.${text.id}`);
    if (text.kind === 'rows') return t('experiment.text.rows');
    const { name, question } = t(`tasks.task.${text.id}`, { returnObjects: true });
    return t('experiment.text.task', { name, question });
  };
  const runs = usePlayground((state) => state.status.stage ?? 0);
  const inUse = opened && stageOf(opened.experiment, runs);
  const facts = inUse?.text.id === text.id ? opened?.text : null;
  const others = kept.filter(({ id }) => id !== text.id);
  return (
    <>
      <p className={classes.note}>{meaning()}</p>
      {facts && (
        <p>
          <Trans
            i18nKey={isTask(text) ? 'experiment.text.taskFacts' : 'experiment.text.facts'}
            values={{
              texts: formatCount(facts.texts),
              words: formatCount(facts.words),
              train: formatCount(facts.trainSequences),
              heldOut: formatCount(facts.heldOutSequences),
            }}
            components={{ held: <Glossed word="heldOut" /> }}
          />
        </p>
      )}
      {facts?.withheld && (
        <p className={classes.note}>
          {t('experiment.text.dropped', {
            count: facts.withheld.dropped,
            word: (inUse && withheldWord(inUse.text)) ?? '',
          })}
        </p>
      )}
      {isTask(text) ? <TaskFields draft={draft} /> : <WithheldField draft={draft} />}
      <div className={classes.buttons}>
        <Button variant="default" size="xs" onClick={() => setDialogOpen(true)}>
          {t('experiment.text.useOwn')}
        </Button>
        {bundledTextIds
          .filter((id) => id !== text.id)
          .map((id) => (
            <Button key={id} variant="default" size="xs" onClick={() => use({ kind: 'bundled', id })}>
              {t(`experiment.text.useBundled.${id}`)}
            </Button>
          ))}
      </div>
      <TaskChoice present={text} onUse={use} />
      {others.length > 0 && (
        <>
          <p className={classes.note}>{t('experiment.text.kept')}</p>
          <div className={classes.buttons}>
            {others.map(({ id, name }) => (
              <Button key={id} variant="default" size="xs" onClick={() => use({ kind: 'own', id, name })}>
                {t('experiment.text.use', { name })}
              </Button>
            ))}
          </div>
        </>
      )}
      {dialogOpen && <TextDialog onUse={use} onClose={() => setDialogOpen(false)} />}
    </>
  );
}

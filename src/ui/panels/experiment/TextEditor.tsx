import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { TextSource } from '../../../config/experiment';
import { bundledTextIds, withheldWord } from '../../../config/text';
import { usePlayground } from '../../../store/usePlayground';
import { Glossed } from '../../controls/Glossed';
import { formatCount } from '../../format';
import { TextDialog } from '../TextDialog';
import classes from './experiment.module.css';
import type { Draft } from './useDraft';
import { WithheldField } from './WithheldField';

/** The text that batches are cut from: the stories, one's own, or one that is kept. */
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

  const use = (source: TextSource) => draft.edit((before) => ({ ...before, text: source }));
  const facts =
    opened?.experiment.text === text || opened?.experiment.text.id === text.id ? opened.text : null;
  const others = kept.filter(({ id }) => id !== text.id);
  return (
    <>
      <p className={classes.note}>
        {text.kind === 'bundled' ? t(`experiment.text.bundled.${text.id}`) : t('experiment.text.own')}
      </p>
      {facts && (
        <p>
          <Trans
            i18nKey="experiment.text.facts"
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
            word: (opened && withheldWord(opened.experiment.text)) ?? '',
          })}
        </p>
      )}
      <WithheldField draft={draft} />
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

import { Modal, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../../config/problems';
import type { TokenPiece } from '../../protocol/messages';
import { usePlayground } from '../../store/usePlayground';
import { useFocusBack } from '../controls/useFocusBack';
import { useProblemWords } from '../useProblemWords';
import classes from './dialogs.module.css';

const unknown = '[UNK]';

/** How a sentence is cut into the pieces that the models read, as one writes it. */
export function TokenizerView({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const words = useProblemWords();
  const ready = usePlayground((state) => state.phase === 'ready');
  const { tokenize } = usePlayground((state) => state.actions);
  const [sentence, setSentence] = useState<string>(t('text.tokenizer.sample'));
  const [asked] = useDebouncedValue(sentence, 80);
  const [pieces, setPieces] = useState<TokenPiece[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    if (!ready) return;
    // An answer to an older sentence must not overwrite a newer one.
    let current = true;
    tokenize(asked).then(
      (cut) => {
        if (!current) return;
        setPieces(cut);
        setProblem(null);
      },
      (error) => current && setProblem(problemOf(error)),
    );
    return () => {
      current = false;
    };
  }, [asked, ready, tokenize]);

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('text.tokenizer.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes.stack}>
        <p className={classes.lede}>{t('text.tokenizer.lede')}</p>
        <Textarea
          label={t('text.tokenizer.field')}
          rows={2}
          dir="auto"
          maxLength={1000}
          data-autofocus
          value={sentence}
          error={problem && words(problem).text}
          onChange={(event) => setSentence(event.currentTarget.value)}
        />
        {ready ? (
          <>
            <div className={classes.line}>
              <span>{t('text.tokenizer.pieces')}</span>
              <span>{t('text.tokenizer.count', { count: pieces.length })}</span>
            </div>
            <ol className={classes.pieces} dir="auto" aria-label={t('text.tokenizer.pieces')}>
              {pieces.map(({ token, id, continues }, index) => (
                <li
                  // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place in the sentence
                  key={index}
                  data-continues={continues || undefined}
                  data-unknown={token === unknown || undefined}
                  title={
                    token === unknown
                      ? t('text.tokenizer.unknown')
                      : continues
                        ? t('text.tokenizer.continues')
                        : undefined
                  }
                >
                  <span>{token}</span>
                  <small>{id}</small>
                </li>
              ))}
            </ol>
            <p className={classes.lede}>
              {t('text.tokenizer.legend')}
              {pieces.some(({ token }) => token === unknown) && ` ${t('text.tokenizer.unknown')}`}
            </p>
          </>
        ) : (
          <p className={classes.lede}>{t('text.tokenizer.waiting')}</p>
        )}
      </div>
    </Modal>
  );
}

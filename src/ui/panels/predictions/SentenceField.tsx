import { Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bundledSentences, sentencesOf } from '../../../config/sentences';
import { shownProblem, shownSentence } from '../../../store/shown';
import { presentStage } from '../../../store/stage';
import { usePlayground } from '../../../store/usePlayground';
import { Examples } from '../../controls/Examples';
import { useProblemWords } from '../../useProblemWords';
import styles from './predictions.module.css';
import { placeMask } from './sentence';

/** The sentence that all models complete, with what is wrong with it, and sentences to try. */
export function SentenceField() {
  const { t } = useTranslation();
  const sentence = usePlayground(shownSentence);
  const problem = usePlayground(shownProblem);
  const { setSentence } = usePlayground((state) => state.actions);
  const words = useProblemWords();
  const told = problem && words(problem);
  const field = useRef<HTMLInputElement>(null);

  const text = usePlayground((state) => presentStage(state).text);
  const examples = usePlayground((state) => state.opened?.examples) ?? sentencesOf(text);
  const putMask = () => {
    const input = field.current;
    if (!input) return;
    const placed = placeMask(
      sentence,
      input.selectionStart ?? sentence.length,
      input.selectionEnd ?? sentence.length,
    );
    setSentence(placed.sentence);
    // The caret can be set only once React has put the new sentence into the field.
    requestAnimationFrame(() => {
      input.focus();
      input.setSelectionRange(placed.caret, placed.caret);
    });
  };

  return (
    <div className={styles.sentence}>
      <div className={styles.field}>
        <TextInput
          ref={field}
          aria-label={t('predictions.sentence')}
          value={sentence}
          onChange={(event) => setSentence(event.currentTarget.value)}
          error={
            told && (
              <>
                <strong>{told.title}</strong> {told.text}
              </>
            )
          }
          spellCheck={false}
          autoComplete="off"
          classNames={{ root: styles.input, input: styles.inputText }}
        />
        <Button variant="default" onClick={putMask} title={t('predictions.placeMaskHint')}>
          {t('predictions.placeMask')}
        </Button>
      </div>
      <Examples
        label={t('predictions.examples')}
        examples={(examples.length > 0 ? examples : bundledSentences.stories).map((text) => ({
          key: text,
          text,
        }))}
        chosen={sentence}
        onChoose={setSentence}
      />
    </div>
  );
}

import { InputBase } from '@mantine/core';
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownProblem, shownSentence } from '../../../store/shown';
import { usePlayground } from '../../../store/usePlayground';
import { Examples } from '../../controls/Examples';
import { AugmentationDialog } from '../../dialogs';
import { inOneLine } from '../../inOneLine';
import { useProblemWords } from '../../useProblemWords';
import type { Task } from '../../useTask';
import dialogs from '../dialogs.module.css';
import predictions from '../predictions/predictions.module.css';
import styles from './sentence.module.css';
import { joined, parted } from './texts';

const noExamples: string[] = [];

/** The text, or the pair, whose class all models say, with what is wrong with it, and held-out ones to try. */
export function TaskSentence({ task: { question, pairs } }: { task: Task }) {
  const { t } = useTranslation();
  const opened = usePlayground((state) => state.opened !== null);
  const sentence = usePlayground(shownSentence);
  const problem = usePlayground(shownProblem);
  const examples = usePlayground((state) => state.opened?.examples) ?? noExamples;
  const varies = usePlayground(({ opened, past }) => !past && opened?.text.task?.variants !== undefined);
  const { setSentence } = usePlayground((state) => state.actions);
  const [variantsOpen, setVariantsOpen] = useState(false);
  const words = useProblemWords();
  const told = problem && words(problem);
  // Before the task is there, the sentence is still one that asks for a word.
  const [a, b] = parted(opened ? sentence : '', pairs);
  const error = told && (
    <>
      <strong>{told.title}</strong> {told.text}
    </>
  );
  // A line break stands between the texts of a pair, and in no text.
  const typed = (event: ChangeEvent<HTMLTextAreaElement>) =>
    event.currentTarget.value.replace(/[\n\r]+/g, ' ');
  // What Mantine's Textarea is without growing: that would be a part that panels and dialogs both need.
  const field = {
    component: 'textarea' as const,
    rows: 2,
    multiline: true,
    spellCheck: false,
    autoComplete: 'off',
    classNames: { root: predictions.input, input: `${predictions.inputText} ${styles.area}` },
  };
  return (
    <div className={predictions.sentence}>
      <p className={styles.question}>{question}</p>
      {pairs ? (
        <div className={styles.pair}>
          <InputBase
            {...field}
            aria-label={t('predictions.task.firstText')}
            leftSection={
              <span className={styles.letter} aria-hidden>
                {t('predictions.task.first')}
              </span>
            }
            value={a}
            onChange={(event) => setSentence(joined(typed(event), b))}
          />
          <InputBase
            {...field}
            aria-label={t('predictions.task.secondText')}
            leftSection={
              <span className={styles.letter} aria-hidden>
                {t('predictions.task.second')}
              </span>
            }
            value={b}
            onChange={(event) => setSentence(joined(a, typed(event)))}
            error={error}
          />
        </div>
      ) : (
        <InputBase
          {...field}
          aria-label={t('predictions.task.text')}
          value={a}
          onChange={(event) => setSentence(typed(event))}
          error={error}
        />
      )}
      <Examples
        label={t('predictions.examples')}
        examples={examples.map((text) => ({ key: text, text: inOneLine(text) }))}
        chosen={sentence}
        onChoose={setSentence}
      />
      {varies && (
        <button
          type="button"
          className={`${dialogs.link} ${styles.more}`}
          title={t('predictions.task.variantsHint')}
          onClick={() => setVariantsOpen(true)}
        >
          {t('predictions.task.variants')}
        </button>
      )}
      {variantsOpen && <AugmentationDialog onClose={() => setVariantsOpen(false)} />}
    </div>
  );
}

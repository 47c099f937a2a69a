import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestWord } from '../../../config/bounds';
import type { Experiment } from '../../../config/experiment';
import { type Problem, problemOf } from '../../../config/problems';
import { isTask } from '../../../config/tasks';
import { withheldWord } from '../../../config/text';
import { stageOf } from '../../../store/stage';
import { usePlayground } from '../../../store/usePlayground';
import { useProblemWords } from '../../useProblemWords';
import type { Draft } from './useDraft';

/** A word that never occurs in what the students learn from. It counts once it is left, and is tried on the text in use. */
export function WithheldField({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const opened = usePlayground((state) => state.opened);
  const { tryWithholding } = usePlayground((state) => state.actions);
  const without = withheldWord(draft.experiment.text) ?? '';
  // Null while what is written is what the experiment has.
  const [written, setWritten] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Of another text or teacher the worker knows nothing yet; it refuses the word when it opens them.
  const runs = usePlayground((state) => state.status.stage ?? 0);
  const isInUse = opened !== null && readsAlike(stageOf(opened.experiment, runs), draft.experiment);

  const take = async () => {
    if (written === null) return;
    try {
      const word = written.trim();
      const known = word && isInUse ? await tryWithholding(word) : word;
      draft.edit((before) => withheld(before, known));
      setWritten(null);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const said = problem && words(problem);
  return (
    <TextInput
      size="xs"
      label={t('experiment.text.without')}
      description={t('experiment.text.withoutMeaning')}
      value={written ?? without}
      maxLength={longestWord}
      autoComplete="off"
      spellCheck={false}
      error={said && `${said.title}. ${said.text}`}
      onChange={(event) => {
        setWritten(event.currentTarget.value);
        setProblem(null);
      }}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

const readsAlike = (one: Experiment, other: Experiment) =>
  one.text.id === other.text.id && JSON.stringify(one.teacher) === JSON.stringify(other.teacher);

function withheld(experiment: Experiment, word: string): Experiment {
  if (isTask(experiment.text)) return experiment;
  const { without: _, ...text } = experiment.text;
  return { ...experiment, text: word ? { ...text, without: word } : text };
}

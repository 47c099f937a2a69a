import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Experiment, Stage } from '../config/experiment';
import { stageCount, stagesOf } from '../config/stages';
import { stageName } from '../i18n/textName';
import type { PlaygroundState } from '../store/state';
import { usePlayground } from '../store/usePlayground';

/** A stage on the time axis of the run: its updates are those after `start`, up to `end`. */
export interface StageSpan {
  name: string;
  start: number;
  end: number;
}

/** The steps after which stages begin. */
export const startsOf = (stages: readonly StageSpan[]): number[] => stages.map(({ start }) => start);

/** As one word, so that numbers which act at once leave the spans as they are; empty where there is one stage. */
const wordOf = (experiment: Experiment) =>
  stageCount(experiment) === 1
    ? ''
    : JSON.stringify(stagesOf(experiment).map(({ text, training: { steps } }) => ({ text, steps })));
const known = new WeakMap<Experiment, string>();

function stagesWord({ experiment }: PlaygroundState): string {
  const word = known.get(experiment) ?? wordOf(experiment);
  known.set(experiment, word);
  return word;
}

/** The stages of the run in hand; none where it has only one, since nothing is to be told apart. */
export function useStages(): readonly StageSpan[] {
  const { t } = useTranslation();
  const word = usePlayground(stagesWord);
  return useMemo(() => {
    const stages: (Pick<Stage, 'text'> & { steps: number })[] = word ? JSON.parse(word) : [];
    let start = 0;
    return stages.map(({ text, steps }) => {
      const span = { name: stageName(text, t), start, end: start + steps };
      start = span.end;
      return span;
    });
  }, [word, t]);
}

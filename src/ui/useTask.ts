import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextSource } from '../config/experiment';
import { bundledTasks, isTask, type Metric, metricOf } from '../config/tasks';
import { textName } from '../i18n/textName';
import { shownStage } from '../store/shown';
import { usePlayground } from '../store/usePlayground';

/** A task as the page speaks of it. */
export interface Task {
  name: string;
  /** What is asked of a text or a pair. */
  question: string;
  /** In words, by index; none while a person's own rows are not loaded. */
  labels: readonly string[];
  pairs: boolean;
  metric: Metric;
}

const textOf = (state: Parameters<typeof shownStage>[0]): TextSource => shownStage(state).text;

/** The task of the stage that is shown; null where that has a text. */
export function useTask(): Task | null {
  const { t } = useTranslation();
  const text = usePlayground(textOf);
  const facts = usePlayground((state) => state.opened?.text.task);
  return useMemo(() => {
    if (!isTask(text)) return null;
    const name = textName(text, t);
    if (text.kind === 'task') {
      const { labels, texts, metric } = bundledTasks[text.id];
      const words: Record<string, string> = t(`tasks.label.${text.id}`, { returnObjects: true });
      return {
        name,
        question: t(`tasks.task.${text.id}.question`),
        labels: labels.map((label) => words[label]),
        pairs: texts === 2,
        metric,
      };
    }
    const { labels = [], pairs = false, counts = [] } = facts ?? {};
    return {
      name,
      question: t('predictions.task.ownQuestion'),
      labels,
      pairs,
      metric: counts.length > 0 ? metricOf(counts) : 'accuracy',
    };
  }, [text, facts, t]);
}

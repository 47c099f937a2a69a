/** The tasks that are bundled, as plain facts: the page and the command line name them, `tasks/` loads them. */

/** How well labels are predicted: share that is right, Matthews' correlation, or the mean F1 of the labels. */
export const metrics = ['accuracy', 'matthews', 'f1'] as const;
export type Metric = (typeof metrics)[number];

export interface TaskFacts {
  /** Ids of the labels, as files write them, in the order of the logits. */
  labels: readonly string[];
  /** Texts of a row. */
  texts: 1 | 2;
  metric: Metric;
}

export const bundledTaskIds = ['feelings', 'topics', 'same', 'follows', 'acceptable'] as const;
export type BundledTaskId = (typeof bundledTaskIds)[number];

export const bundledTasks = {
  /** What somebody feels. */
  feelings: {
    labels: ['happy', 'sad', 'angry', 'afraid', 'surprised', 'calm'],
    texts: 1,
    metric: 'accuracy',
  },
  /** What a sentence is about. */
  topics: {
    labels: [
      'animals',
      'food',
      'sports',
      'music',
      'weather',
      'school',
      'travel',
      'health',
      'home',
      'science',
    ],
    texts: 1,
    metric: 'accuracy',
  },
  /** Does B say what A says? Beside GLUE's MRPC and QQP; even classes, so that F1 would add nothing. */
  same: { labels: ['different', 'same'], texts: 2, metric: 'accuracy' },
  /** Must B be true where A is? Beside GLUE's MNLI. */
  follows: { labels: ['yes', 'maybe', 'no'], texts: 2, metric: 'accuracy' },
  /** Is it a sentence of English? Beside GLUE's CoLA, and measured as that is. */
  acceptable: { labels: ['unacceptable', 'acceptable'], texts: 1, metric: 'matthews' },
} as const satisfies Record<BundledTaskId, TaskFacts>;

/** Classes are uneven where one has more than twice the rows of another. */
const unevenFrom = 2;

/** The metric of a person's own task: accuracy misleads where a model can win by one label alone. */
export function metricOf(counts: readonly number[]): Metric {
  return Math.max(...counts) > unevenFrom * Math.min(...counts) ? 'f1' : 'accuracy';
}

/** True for what has labelled rows, bundled or a person's own: labels are learned there, and no words are masked. */
export const isTask = <T extends { kind: string }>(text: T): text is Extract<T, { kind: 'task' | 'rows' }> =>
  text.kind === 'task' || text.kind === 'rows';

/** How many labels a task has. */
export const labelCount = (
  task: { kind: 'task'; id: BundledTaskId } | { kind: 'rows'; labels: number },
): number => (task.kind === 'task' ? bundledTasks[task.id].labels.length : task.labels);

/** How a teacher is tuned on a task at first: the small tasks here are learned by then, in less than a minute on two cores. */
export const usualTuning = { steps: 300, learningRate: 5e-4 };

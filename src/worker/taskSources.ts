/** Tasks in a page: their rows and the word vectors from the server, and what is told of them. */
import { bundledVectorFiles, parseBundledVectors } from '../augment/bundledVectors';
import type { WordVectors } from '../augment/wordVectors';
import type { Experiment, TextSource } from '../config/experiment';
import type { TextFacts } from '../config/results';
import { stagesOf } from '../config/stages';
import { type BundledTaskId, isTask } from '../config/tasks';
import { textId } from '../data/textName';
import { download } from '../interop/download';
import { loadTaskTeacher, saveTaskTeacher } from '../storage/taskTeachers';
import { textsOfRow } from '../tasks/examples';
import { type LabelledData, labelCounts } from '../tasks/rows';
import { readTask, taskFile } from '../tasks/taskFiles';
import type { KeptTeachers, TaskStage } from '../train/taskStages';

export type TaskSource = Extract<TextSource, { kind: 'task' | 'rows' }>;

/** The tasks of an experiment's stages, each once. */
export const secretTasks = (experiment: Experiment): TaskSource[] => {
  const tasks = stagesOf(experiment).flatMap(({ text }) => (isTask(text) ? [text] : []));
  return [...new Map(tasks.map((task) => [task.id, task])).values()];
};

/** @throws ProblemError download… */
export async function loadTask(id: BundledTaskId, baseUrl: string): Promise<LabelledData> {
  const file = await download(new URL(taskFile(id), baseUrl).href, 'text');
  return readTask(id, new TextDecoder().decode(file));
}

/** The bundled vectors. @throws ProblemError download… */
export async function loadVectors(baseUrl: string): Promise<WordVectors> {
  const { words, vectors } = bundledVectorFiles;
  const [list, bytes] = await Promise.all([
    download(new URL(`vectors/${words}`, baseUrl).href, 'text'),
    download(new URL(`vectors/${vectors}`, baseUrl).href, 'vectors'),
  ]);
  return parseBundledVectors(new TextDecoder().decode(list), bytes.buffer);
}

/** Teachers tuned here from the one of this fingerprint. A browser that stores nothing tunes them again. */
export function keptTeachers(fingerprint: string): KeptTeachers {
  const keyOf = (key: string) => textId(new TextEncoder().encode(`${fingerprint}\n${key}`));
  return {
    load: (key) => loadTaskTeacher(keyOf(key)).catch(() => null),
    save: (key, parameters) => void saveTaskTeacher(keyOf(key), parameters).catch(() => {}),
  };
}

/** Blanks between words. */
const blanks = /\s+/;

export function factsOfTask({
  data: { train, heldOut, labels },
  encoded,
  source,
  augmented,
  lost,
}: TaskStage): TextFacts {
  const rows = [...train, ...heldOut];
  const words = rows.reduce(
    (sum, row) => sum + textsOfRow(row).reduce((own, text) => own + text.trim().split(blanks).length, 0),
    0,
  );
  return {
    texts: rows.length,
    words,
    trainSequences: source.epochLength,
    trainTokens: encoded.train.reduce((sum, { ids }) => sum + ids.length, 0),
    heldOutSequences: heldOut.length,
    unknownShare: lost,
    task: {
      labels,
      pairs: source.pairs,
      counts: labelCounts(rows, labels.length),
      ...(augmented && { variants: augmented.rows.length }),
    },
  };
}

/** The bundled tasks and texts, as they are loaded. */
import { readFileSync } from 'node:fs';
import { type BundledTaskId, bundledTaskIds } from '../../src/config/tasks';
import { type BundledTextId, bundledTextIds } from '../../src/config/text';
import { storiesOf } from '../../src/data/stories';
import type { LabelledData } from '../../src/tasks/rows';
import { readTask, taskFile } from '../../src/tasks/taskFiles';

const publicFile = (path: string) => readFileSync(new URL(`../../public/${path}`, import.meta.url), 'utf8');

export const texts = Object.fromEntries(
  bundledTextIds.map((id) => [id, storiesOf(publicFile(`corpora/${id}.txt`))]),
) as Record<BundledTextId, string[]>;

export const tasks = Object.fromEntries(
  bundledTaskIds.map((id) => [id, readTask(id, publicFile(taskFile(id)))]),
) as Record<BundledTaskId, LabelledData>;

/** Teachers that were tuned on a task here: a tuning takes up to a minute, and a page that is opened again need not wait for it. */

import { Checksum } from '../util/checksum';
import type { Named } from './armState';
import { withDatabase } from './database';
import { limits } from './timeLimit';

/** So many are kept; the oldest gives way. */
export const mostTaskTeachers = 6;

/** Over names, lengths and numbers; null where a number is not finite. */
function sumOf(parameters: Named): number | null {
  const sum = new Checksum(0);
  for (const name of Object.keys(parameters).sort()) {
    sum.addText(name);
    sum.addWord(parameters[name].length);
    sum.addNumbers(parameters[name]);
  }
  return sum.hasOther ? null : sum.value;
}

/** @param key what it was tuned from, on and how @throws ProblemError as `withDatabase` */
export const saveTaskTeacher = (key: string, parameters: Named): Promise<void> =>
  withDatabase(async (database) => {
    const checksum = sumOf(parameters);
    if (checksum === null) return;
    const transaction = database.transaction('taskTeachers', 'readwrite', { durability: 'relaxed' });
    const { store } = transaction;
    await store.put({ parameters, checksum, savedAt: Date.now() }, key);
    const ages: [key: string, savedAt: number][] = [];
    for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
      // What bears no date is the oldest.
      ages.push([cursor.key, Number(cursor.value?.savedAt) || 0]);
    }
    const oldest = ages.filter(([own]) => own !== key).sort(([, a], [, b]) => b - a);
    for (const [old] of oldest.slice(mostTaskTeachers - 1)) await store.delete(old);
    await transaction.done;
  }, limits.weights);

/** Its numbers, whole and unchanged; null where there are none. @throws ProblemError as `withDatabase` */
export const loadTaskTeacher = (key: string): Promise<Named | null> =>
  withDatabase(async (database) => {
    const found: unknown = await database.get('taskTeachers', key);
    const { parameters, checksum } = (found ?? {}) as { parameters?: unknown; checksum?: unknown };
    const tensors = Object.values(parameters ?? {});
    if (tensors.length === 0 || !tensors.every((values) => values instanceof Float32Array)) return null;
    return sumOf(parameters as Named) === checksum ? (parameters as Named) : null;
  }, limits.weights);

/** What a table is computed from, beside code: files of the page. One that changes makes other results. */
import { readFileSync } from 'node:fs';
import { bundledVectorFiles } from '../../augment/bundledVectors';
import { type BundledTaskId, bundledTaskIds } from '../../config/tasks';
import type { BundledTeacherId } from '../../config/teacherIds';
import { taskFile } from '../../tasks/taskFiles';
import { hashOf } from './hash';

export interface FileHashes {
  /** Of teacher, text and word vectors. */
  shared: string;
  tasks: Record<BundledTaskId, string>;
}

const hashOfFile = (path: string) =>
  hashOf(readFileSync(new URL(`../../../public/${path}`, import.meta.url)));

export function fileHashes(teacher: BundledTeacherId): FileHashes {
  const ofTeacher = ['config.json', 'tokenizer.json', 'model.safetensors'].map(
    (file) => `teachers/${teacher}/${file}`,
  );
  const vectors = Object.values(bundledVectorFiles).map((file) => `vectors/${file}`);
  return {
    shared: hashOf([...ofTeacher, ...vectors, 'corpora/stories.txt'].map(hashOfFile)),
    tasks: Object.fromEntries(
      bundledTaskIds.map((id) => [id, hashOfFile(taskFile(id))]),
    ) as FileHashes['tasks'],
  };
}

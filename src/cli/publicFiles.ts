/** What the page is served beside its code, read in Node. */
import { readFile } from 'node:fs/promises';
import type { TextSource } from '../config/experiment';
import { storiesOf } from '../data/stories';
import { parseTeacher, type TeacherBundle } from '../interop/teacherBundle';

/** A file of `public/`. */
export const readPublic = (path: string) => readFile(new URL(`../../public/${path}`, import.meta.url));

/** @param id folder name of a bundled teacher */
export async function readTeacher(id: string): Promise<TeacherBundle> {
  const [config, tokenizer, weights] = await Promise.all(
    ['config.json', 'tokenizer.json', 'model.safetensors'].map((file) =>
      readPublic(`teachers/${id}/${file}`),
    ),
  );
  const bytes = weights.buffer.slice(
    weights.byteOffset,
    weights.byteOffset + weights.byteLength,
  ) as ArrayBuffer;
  return parseTeacher({
    config: JSON.parse(String(config)),
    tokenizer: JSON.parse(String(tokenizer)),
    weights: bytes,
  });
}

/** A bundled text, story by story. @throws Error for one that a browser keeps, which nobody has here */
export async function readTexts(text: TextSource): Promise<string[]> {
  if (text.kind !== 'bundled') throw new Error("A text of one's own is kept in a browser");
  return storiesOf(String(await readPublic(`corpora/${text.id}.txt`)));
}

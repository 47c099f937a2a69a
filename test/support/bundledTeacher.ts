import { readFileSync } from 'node:fs';
import { parseTeacher, type TeacherBundle } from '../../src/interop/teacherBundle';

/** A bundled teacher, in Node. */
export function bundledTeacher(id: 'stories-4x32' | 'stories-4x128'): TeacherBundle {
  const file = (name: string) =>
    readFileSync(new URL(`../../public/teachers/${id}/${name}`, import.meta.url));
  return parseTeacher({
    config: JSON.parse(String(file('config.json'))),
    tokenizer: JSON.parse(String(file('tokenizer.json'))),
    weights: new Uint8Array(file('model.safetensors')).buffer,
  });
}

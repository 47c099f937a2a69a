/**
 * Writes the models of test/golden/hub.ts as folders, for `hub.py` to load with `transformers`.
 *
 *     npx tsx tools/golden/hub.ts FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelFiles } from '../../src/interop/hub/modelFiles';
import { cases, modelOf } from '../../test/golden/hub';

const [out] = process.argv.slice(2);
if (!out) throw new Error('Name the folder to write to.');

const index = Object.keys(cases).map((name, i) => {
  const folder = join(out, String(i));
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of modelFiles(modelOf(name))) writeFileSync(join(folder, path), bytes);
  return { name, folder: String(i), inputs: cases[name].inputs };
});
writeFileSync(join(out, 'index.json'), JSON.stringify(index));

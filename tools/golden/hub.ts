/**
 * Writes the models of test/golden/hub.ts as folders, for `hub.py` to load with `transformers`.
 *
 *     npx tsx tools/golden/hub.ts FOLDER
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelFiles } from '../../src/interop/hub/modelFiles';
import { onnxModel } from '../../src/interop/onnx/onnxModel';
import { cases, modelOf } from '../../test/golden/hub';

const [out] = process.argv.slice(2);
if (!out) throw new Error('Name the folder to write to.');

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const index = Object.keys(cases).map((name, i) => {
  const folder = join(out, String(i));
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of modelFiles(modelOf(name))) writeFileSync(join(folder, path), bytes);
  const onnx = onnxModel(modelOf(name));
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx/model.onnx'), onnx);
  return { name, folder: String(i), inputs: cases[name].inputs, onnx: hashOf(onnx) };
});
writeFileSync(join(out, 'index.json'), JSON.stringify(index));

/** Weights that jobs leave for those that come after them, in a folder under the file of the results. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '../../interop/safetensors';
import type { TeacherWeights } from '../../train/startingWeights';

/** Tensors by their names. */
export type Weights = TeacherWeights['weights'];

/** The folder beside a file of results. */
export const weightFolder = (results: string) => `${results}.weights`;

const pathOf = (folder: string, key: string) => join(folder, `${key}.safetensors`);

export const hasWeights = (folder: string, key: string) => existsSync(pathOf(folder, key));

/** Whoever reads a file finds all of it: it gets its name when it is complete. */
export function keepWeights(folder: string, key: string, weights: Weights) {
  mkdirSync(folder, { recursive: true });
  const unfinished = `${pathOf(folder, key)}.${process.pid}`;
  writeFileSync(unfinished, new Uint8Array(writeSafetensors(weights, { dtype: 'F32' })));
  renameSync(unfinished, pathOf(folder, key));
}

/** @throws Error where there are none */
export function readWeights(folder: string, key: string): Weights {
  return readSafetensors(new Uint8Array(readFileSync(pathOf(folder, key))).buffer);
}

/**
 * Which teacher block g(m) each student block m is compared with: the three mappings of TinyBERT (arXiv:1909.10351,
 * section 3.2 and its ablation), M student blocks onto N teacher blocks, both counted from 1.
 */
import { ProblemError } from './problems';

/**
 * g(m) = m N / M, halves rounded up: each student block stands for N / M blocks of the teacher. Which blocks are copied,
 * and what layers are compared with at first; of 4 blocks for 2 every other one, of 5 for 2 the third and the fifth.
 */
export const everyOtherBlock = (teacherLayers: number, layers: number) =>
  mapped(layers, (m) => Math.round((m * teacherLayers) / layers), teacherLayers);

/** True where the uniform mapping exists. */
export const isUniformlyMapped = (teacherLayers: number, layers: number) => teacherLayers % layers === 0;

/**
 * TinyBERT's uniform mapping: `everyOtherBlock` where nothing has to be rounded.
 * @throws ProblemError uniformMappingNeedsDivisor where M does not divide N
 */
export function uniformMapping(teacherLayers: number, layers: number): number[] {
  if (!isUniformlyMapped(teacherLayers, layers)) {
    throw new ProblemError('uniformMappingNeedsDivisor', { layers, teacherLayers });
  }
  return everyOtherBlock(teacherLayers, layers);
}

/** g(m) = m + N − M: the teacher's last blocks. */
export const topMapping = (teacherLayers: number, layers: number) =>
  mapped(layers, (m) => m + teacherLayers - layers, teacherLayers);

/** g(m) = m: the teacher's first blocks. */
export const bottomMapping = (teacherLayers: number, layers: number) =>
  mapped(layers, (m) => m, teacherLayers);

/** Where the student is deeper than the teacher, its first or last blocks share one. */
const mapped = (layers: number, g: (m: number) => number, teacherLayers: number) =>
  Array.from({ length: layers }, (_, index) => Math.min(Math.max(g(index + 1), 1), teacherLayers));

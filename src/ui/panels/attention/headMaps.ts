/** Picks one head's attention out of a probe, and sums up what it shows. Blocks and heads count from 1. */

import type { Arm } from '../../../config/experiment';
import { teacherModel } from '../../../config/modelIds';
import { termsOf } from '../../../config/objective';
import { isMappedOnTeacher } from '../../../config/sources';
import { type TermId, termOf } from '../../../methods/registry';
import type { EvaluationPoint, Probe, ProbeAttention } from '../../../protocol/messages';

export type AttentionOf = 'scores' | 'probabilities';

/** The [L, L] matrix of one head, row = query, column = key; null where the model has no such block or head. */
export function headMap(
  { blocks, heads, scores, probabilities }: ProbeAttention,
  of: AttentionOf,
  block: number,
  head: number,
  length: number,
): Float32Array | null {
  if (block > blocks || head > heads) return null;
  const start = ((block - 1) * heads + head - 1) * length * length;
  return (of === 'scores' ? scores : probabilities).subarray(start, start + length * length);
}

/** student − teacher, cell by cell. */
export const difference = (student: Float32Array, teacher: Float32Array) =>
  student.map((value, i) => value - teacher[i]);

/** Mean of the squares: of a difference, the mean squared error. */
export const meanSquare = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** Smallest and largest value of the maps together. */
export function extentOf(maps: readonly Float32Array[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const map of maps) {
    for (const value of map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

/** Column of the largest value in `row`. */
export function strongestKey(map: ArrayLike<number>, row: number, length: number): number {
  let best = 0;
  for (let key = 1; key < length; key++) {
    if (map[row * length + key] > map[row * length + best]) best = key;
  }
  return best;
}

export interface Choice {
  arm: Arm;
  block: number;
  head: number;
  /** The teacher block that `block` is compared with; null without a teacher or a mapping onto its layers. */
  teacherBlock: number | null;
}

/** What is shown: the wish, held within the arms, blocks and heads that there are. */
export function chosen(
  arms: readonly Arm[],
  hasTeacher: boolean,
  wish: { arm: string | null; block: number; head: number },
): Choice {
  const arm = arms.find(({ id }) => id === wish.arm) ?? arms[0];
  const blocks = comparedBlocks(arm, hasTeacher);
  const block = Math.min(wish.block, blocks);
  return {
    arm,
    block,
    head: Math.min(wish.head, arm.student.heads),
    teacherBlock: hasTeacher && isMappedOnTeacher(arm) ? (arm.mapping[block - 1] ?? null) : null,
  };
}

/** How many blocks can be chosen: the mapped ones, or all where there is no teacher or no mapping onto its layers. */
export const comparedBlocks = ({ mapping, student, taughtBy }: Arm, hasTeacher: boolean) =>
  hasTeacher && isMappedOnTeacher({ taughtBy }) && mapping.length > 0
    ? Math.min(mapping.length, student.layers)
    : student.layers;

/** The newest evaluation that compared this arm's attention with the teacher's. */
export function newestDistance(points: readonly (EvaluationPoint | null)[], arm: string) {
  let newest: EvaluationPoint | null = null;
  for (const point of points) {
    if (point?.arms[arm]?.attention && (!newest || point.step >= newest.step)) newest = point;
  }
  return newest;
}

/** The maps of one probe for a choice; `student` is null where the probe is of other models. */
export function mapsOf(probe: Probe, { arm, block, head, teacherBlock }: Choice, of: AttentionOf) {
  const length = probe.tokens.length;
  const find = (id: string) => probe.models.find((model) => model.id === id)?.attention;
  const studentAttention = find(arm.id);
  const teacherAttention = find(teacherModel);
  const student = studentAttention ? headMap(studentAttention, of, block, head, length) : null;
  const paired = teacherBlock !== null && teacherAttention?.heads === studentAttention?.heads;
  const teacher =
    paired && teacherAttention ? headMap(teacherAttention, of, teacherBlock, head, length) : null;
  return { student, teacher, difference: student && teacher && difference(student, teacher) };
}

/** The losses of an arm that compare attention scores, and so pull them to the teacher's. */
const pullsOf = (arm: Arm): TermId[] =>
  arm.mapping.length === 0 || !isMappedOnTeacher(arm)
    ? []
    : termsOf(arm).filter((term) => termOf(term).reads.student.includes('scores'));

/** Whether a loss that pulls attention to the teacher's is at work: in this arm, in another one, or in none. */
export function pullOf(
  arm: Arm,
  arms: readonly Arm[],
): { kind: 'own'; terms: TermId[] } | { kind: 'none' } | { kind: 'other'; by: Arm } {
  const terms = pullsOf(arm);
  if (terms.length > 0) return { kind: 'own', terms };
  const by = arms.find((other) => pullsOf(other).length > 0);
  return by ? { kind: 'other', by } : { kind: 'none' };
}

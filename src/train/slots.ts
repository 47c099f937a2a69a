/**
 * Where each term and each reading stands in weights and reports on the device: one layout for all arms, since it lives no
 * longer than a page. What is kept and told goes by name.
 */
import { type ReadingId, readingIds, type TermId, termIds } from '../methods/registry';

const slots: readonly string[] = [...termIds, ...readingIds];

/** One more than there are names: the last takes rows that belong to nobody, and has no weight. */
export const slotCount = slots.length + 1;

/** @throws Error for a name that no method gives to a term or a reading */
export function slotOf(name: TermId | ReadingId | null): number {
  if (name === null) return slots.length;
  const slot = slots.indexOf(name);
  if (slot < 0) throw new Error(`No method names a term or a reading ${name}`);
  return slot;
}

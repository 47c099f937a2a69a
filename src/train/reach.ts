/** Which parameters a term depends on: AdamW leaves the others alone, as it does where a loss has no weight. */

import { replacementsOf } from '../config/objective';
import type { Block } from '../kernels/backends/storage';
import type { Pair } from '../methods/method';
import { methodOf, type TermId, termOf } from '../methods/registry';
import type { StudentSignal } from '../methods/signals';
import { namesIn } from '../model/packing';
import { isOfHead } from '../model/parameterNames';
import type { TrainedArm } from './model';
import { ownerOfParameter } from './pairs';

/** Where a parameter lies in an arm's block of weights: numbers `from` to `to`. */
export interface Span {
  /** As Hugging Face names it. */
  name: string;
  /** Its name on the device, where queries, keys and values are one. */
  stored: string;
  from: number;
  to: number;
}

export const spansOf = ({ parts, offsets }: Pick<Block, 'parts' | 'offsets'>): Span[] =>
  Object.entries(parts).flatMap(([stored, { size }]) => {
    const names = namesIn(stored);
    const length = size / names.length;
    const at = (i: number) => offsets[stored] + i * length;
    return names.map((name, i) => ({ name, stored, from: at(i), to: at(i + 1) }));
  });

/** `name` as Hugging Face has it, `layers` the student's number of layers. */
export function termReaches(term: TermId, name: string, layers: number, pair: Pair | null): boolean {
  const { reads, owner } = termOf(term);
  const extra = ownerOfParameter(name, pair);
  if (extra) {
    const { terms } = methodOf(extra).extra!.parameters(pair!)[name];
    return extra === owner && (terms?.includes(term) ?? true);
  }
  return reads.student.some((signal) => signalReaches(signal, name, layers));
}

/** False for what a method freezes that puts the teacher's layers in the student's places. */
export const isTrained = ({ arm, pair }: Pick<TrainedArm, 'arm' | 'pair'>, { name, stored }: Span): boolean =>
  // What is trained beside the student is no part that a replacement freezes.
  ownerOfParameter(name, pair) !== null ||
  replacementsOf(arm).every((id) => methodOf(id).replacement!.trains(stored));

/** What of the last layer a signal depends on: nothing that comes after it. */
const ofLastLayer: Partial<Record<StudentSignal, readonly string[]>> = {
  inner: [],
  scores: ['query', 'key'],
  queries: ['query'],
  keys: ['key'],
  values: ['value'],
};

function signalReaches(signal: StudentSignal, name: string, layers: number): boolean {
  if (signal === 'logits') return true;
  if (isOfHead(name)) return false;
  if (signal === 'embedding') return name.startsWith('bert.embeddings.');
  const last = `bert.encoder.layer.${layers - 1}.`;
  const parts = ofLastLayer[signal];
  if (!name.startsWith(last) || !parts) return true;
  return parts.some((part) => name.startsWith(`${last}attention.self.${part}.`));
}

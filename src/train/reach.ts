/** Which parameters a term depends on: AdamW leaves the others alone, as it does where a loss has no weight. */
import type { Pair, StudentSignal } from '../methods/method';
import { methodOf, type TermId, termOf } from '../methods/registry';
import { isOfHead } from '../model/parameterNames';
import { ownerOfParameter } from './pairs';

/** `name` is that of a parameter on the device, `layers` the student's number of layers. */
export function termReaches(term: TermId, name: string, layers: number, pair: Pair | null): boolean {
  const { reads, owner } = termOf(term);
  const extra = ownerOfParameter(name, pair);
  if (extra) {
    const { terms } = methodOf(extra).extra!.parameters(pair!)[name];
    return extra === owner && (terms?.includes(term) ?? true);
  }
  return reads.student.some((signal) => signalReaches(signal, name, layers));
}

function signalReaches(signal: StudentSignal, name: string, layers: number): boolean {
  if (signal === 'logits') return true;
  if (isOfHead(name)) return false;
  if (signal === 'embedding') return name.startsWith('bert.embeddings.');
  const last = `bert.encoder.layer.${layers - 1}.`;
  if (!name.startsWith(last) || signal === 'hidden' || signal === 'states') return true;
  // The last layer's scores and values need its queries, keys and values, and nothing that comes after them.
  return signal !== 'inner' && name.startsWith(`${last}attention.self.`);
}

/** What tells the teachers and the tokenizer of a run from others of the same names. */
import { textId } from '../data/textName';
import type { Tokenizer } from '../data/tokenizer';
import { Checksum } from '../util/checksum';
import type { TeacherWeights } from './startingWeights';

/**
 * Of the words, and of the shape and all parameters of every teacher in their order: an early checkpoint may share its
 * embeddings with a later one.
 * @param vectors a person's own word vectors, where rows are varied by them
 */
export function fingerprintOf(
  teachers: readonly TeacherWeights[],
  { vocabulary }: Pick<Tokenizer, 'vocabulary'>,
  vectors?: string,
): string {
  const words = textId(new TextEncoder().encode(vocabulary.join('\n')));
  const [first, ...others] = teachers;
  const parts = first
    ? [words, embeddingsOf(first), JSON.stringify(first.shape), parametersOf(first)]
    : [words];
  const near = vectors === undefined ? [] : [`vectors:${vectors}`];
  return [...parts, ...others.map(parametersOf), ...near].join(' ');
}

/** The part of the first teacher's fingerprint that was all of it before there were other teachers. */
const formerParts = 3;

/** True where a run was kept under these teachers, so far as it was noted then. */
export function isFingerprintOf(kept: string, present: string): boolean {
  const parts = present.split(' ');
  const alone = parts.length === formerParts + 1;
  return kept === present || (alone && kept === parts.slice(0, formerParts).join(' '));
}

/** A fingerprint without a person's word vectors. */
export const withoutVectors = (fingerprint: string): string => fingerprint.replace(/ vectors:\S+$/, '');

const embeddingsOf = ({ weights }: TeacherWeights): string => {
  const { buffer, byteOffset, byteLength } = weights.get('bert.embeddings.word_embeddings.weight')!.data;
  return textId(new Uint8Array(buffer, byteOffset, byteLength));
};

/** Parameters that were hashed; a teacher's never change. */
const known = new WeakMap<TeacherWeights['weights'], string>();

function parametersOf({ weights }: TeacherWeights): string {
  let id = known.get(weights);
  if (id === undefined) {
    const sum = new Checksum(weights.size);
    for (const name of [...weights.keys()].sort()) {
      const { shape, data } = weights.get(name)!;
      sum.addText(`${name} ${shape.join()}`);
      sum.addNumbers(data);
    }
    id = sum.value.toString(16).padStart(8, '0');
    known.set(weights, id);
  }
  return id;
}

import { describe, expect, it } from 'vitest';
import { fingerprintOf, isFingerprintOf } from '../../src/train/fingerprint';
import { randomTeacher } from '../../src/train/randomTeacher';
import { shape, tokenizer } from '../train/tinyExperiment';

const teacher = randomTeacher(shape, 1);
/** The teacher with another number at the end of one tensor. */
function changed(name: string) {
  const weights = new Map(teacher.weights);
  const { shape: size, data } = weights.get(name)!;
  const numbers = data.slice();
  numbers[numbers.length - 1] += 1;
  weights.set(name, { shape: size, data: numbers });
  return { shape, weights };
}
const embeddings = 'bert.embeddings.word_embeddings.weight';
const of = (...teachers: (typeof teacher)[]) => fingerprintOf(teachers, tokenizer);

describe('a fingerprint', () => {
  it('tells teachers apart by any of their parameters, wherever they stand', () => {
    const one = of(teacher, teacher);
    expect(of(randomTeacher(shape, 1), randomTeacher(shape, 1))).toBe(one);
    for (const name of teacher.weights.keys()) {
      expect(of(changed(name), teacher), name).not.toBe(one);
      expect(of(teacher, changed(name)), name).not.toBe(one);
    }
    expect(of(teacher)).not.toBe(one);
    expect(isFingerprintOf(one, one)).toBe(true);
    expect(isFingerprintOf(one, of(teacher))).toBe(false);
  });

  it('of one teacher is known again in the form that was kept before, and no other is', () => {
    // The vocabulary, the embeddings and the shape.
    const former = of(teacher).split(' ').slice(0, 3).join(' ');
    expect(former).toMatch(/^[0-9a-f]{16} [0-9a-f]{16} \{"layers":2,.*\}$/);
    expect(isFingerprintOf(former, of(teacher))).toBe(true);
    expect(isFingerprintOf(former, of(changed(embeddings)))).toBe(false);
    expect(isFingerprintOf(former, of(teacher, teacher))).toBe(false);
    const alone = fingerprintOf([], tokenizer);
    expect(isFingerprintOf(alone, alone)).toBe(true);
    expect(isFingerprintOf(alone, of(teacher))).toBe(false);
  });
});

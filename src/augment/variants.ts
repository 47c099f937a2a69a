/** Variants of one sentence: TinyBERT's Algorithm 1 (Jiao et al. 2020), as the authors' program runs it. */
import type { Augmentation } from '../config/augmentation';
import type { Exchange } from '../config/variants';
import type { Random } from '../data/random';
import { textKey } from '../data/textKey';
import type { Choices } from './candidates';

export interface Variant {
  text: string;
  exchanges: Exchange[];
}

/** What became of the tries. */
export interface TryCounts {
  tries: number;
  /** Tries that gave the sentence itself or an earlier variant. */
  repeated: number;
  /** Words that could have been replaced, replaced ones, and those of them that became another word, over all tries. */
  eligible: number;
  replaced: number;
  changed: number;
}

/**
 * Up to `tries` variants. In each try every word draws a candidate, all with equal chance, and takes its place with
 * probability p_t. A word whose candidates hold itself can be replaced without a change, so that fewer than p_t of the
 * words change. A word without candidates stays.
 * @param random a stream of its own for each sentence, so that a sentence's variants hang on no other sentence
 */
export function variantsOf(
  { text, places }: Choices,
  { probability, tries }: Pick<Augmentation, 'probability' | 'tries'>,
  random: Random,
): { variants: Variant[]; counts: TryCounts } {
  const seen = new Set([textKey(text)]);
  const variants: Variant[] = [];
  const counts: TryCounts = { tries, repeated: 0, eligible: 0, replaced: 0, changed: 0 };
  for (let attempt = 0; attempt < tries; attempt++) {
    const exchanges: Exchange[] = [];
    let varied = '';
    let copied = 0;
    places.forEach(({ start, end, word, source, candidates }, place) => {
      counts.eligible += 1;
      const candidate = candidates.length > 0 ? candidates[random.integer(candidates.length)] : null;
      if (random.next() >= probability || !candidate) return;
      counts.replaced += 1;
      if (candidate.word === word) return;
      counts.changed += 1;
      const from = text.slice(start, end);
      const to = cased(candidate.word, from);
      varied += text.slice(copied, start);
      exchanges.push({ place, from, to, start: varied.length, source, score: candidate.score });
      varied += to;
      copied = end;
    });
    varied += text.slice(copied);
    const key = textKey(varied);
    if (seen.has(key)) {
      counts.repeated += 1;
      continue;
    }
    seen.add(key);
    variants.push({ text: varied, exchanges });
  }
  return { variants, counts };
}

/** A word with a capital where the one that it replaces has one. */
function cased(word: string, like: string): string {
  const [first] = like;
  if (first === first.toLowerCase()) return word;
  const [own] = word;
  return own.toUpperCase() + word.slice(own.length);
}

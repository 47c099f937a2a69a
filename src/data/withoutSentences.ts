/** Texts without sentences that somebody else is to be tested on. */
import { sentencesOf } from './sentences';
import { textKey } from './textKey';
import { type Slices, sliceLength } from './work';

/** The keys of texts and of each of their sentences. */
export const keysOfSentences = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => [text, ...sentencesOf(text)]).map(textKey));

/**
 * Every text without the sentences of these keys. What is left of a text stays in its place, so that every other one
 * stays on its side of a split.
 */
export function* removingSentences(texts: readonly string[], secret: ReadonlySet<string>): Slices<string[]> {
  const left: string[] = [];
  let read = 0;
  for (const text of texts) {
    const sentences = sentencesOf(text);
    const kept = secret.has(textKey(text)) ? [] : sentences.filter((one) => !secret.has(textKey(one)));
    left.push(kept.length === sentences.length ? text : kept.join(' '));
    read += text.length;
    if (read < sliceLength) continue;
    read = 0;
    yield left.length / texts.length;
  }
  return left;
}

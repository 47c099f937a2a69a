/** Sentences to try. They are in the words of bundled teachers, so they are not translated. */
import type { TextSource } from './experiment';
import type { BundledTextId } from './text';

/**
 * By the text that a run is about; the first is the one on screen at first.
 *
 * *stories*: it shows what distilling gives. Both bundled teachers of stories say "day" clearly (0.63 and 0.49), a student that
 * has just been copied says "i" or "had", after its run "day" as well (seeds 1 to 3), and its twin without a teacher still
 * something else. *everyday*: the teacher spreads over what people watch, and the student learns how.
 */
export const bundledSentences: Record<BundledTextId, readonly [string, ...string[]]> = {
  stories: [
    'One [MASK] she found a letter.',
    'Every [MASK] he walks to school.',
    'She was ten [MASK] old.',
    'Then the [MASK] rang, and she opened the door.',
    'He fell [MASK].',
  ],
  everyday: [
    'I watched [MASK] yesterday.',
    'She drinks [MASK] in the morning.',
    'He plays [MASK] after school.',
    'My brother wants to be a [MASK].',
    'It rained all [MASK].',
  ],
};

/** What is asked where nothing better is known. */
export const defaultSentence = bundledSentences.stories[0];

/** Those of a bundled text; none where a text has to be read for them. */
export const sentencesOf = (text: TextSource): readonly string[] =>
  text.kind === 'bundled' ? bundledSentences[text.id] : [];

/** TinyBERT's data augmentation as numbers and choices that a person can set (Jiao et al. 2020, Algorithm 1). */
export interface Augmentation {
  /** p_t: probability that a word gives way to one of its candidates. */
  probability: number;
  /** N_a: tries for each sentence; those that repeat an earlier one are used up. */
  tries: number;
  /** K: candidates for each word. */
  candidates: number;
  /**
   * What the teacher reads: the sentence with one word masked, `alone` as in the paper, or as in the authors' program
   * `withOriginal`, followed by the whole sentence as a second segment. That lets a teacher who knows pairs copy the word
   * itself; one trained on single texts gains nothing from it and reads twice as much.
   */
  context: 'alone' | 'withOriginal';
  /**
   * What a pair's second sentence is varied beside: in the authors' program the `last` variant of the first one, since
   * their row has been overwritten by then, or the first sentence as it was, the `original`.
   */
  beside: 'last' | 'original';
  /** Whether a word of several pieces may be its own nearest. It may not in the authors' program. */
  itself: boolean;
}

/** The paper's numbers (section 4.2); N_a is 20 there, and from 10 to 30 in the authors' program, by task. */
export const tinybertAugmentation: Augmentation = {
  probability: 0.4,
  tries: 20,
  candidates: 15,
  context: 'alone',
  beside: 'last',
  itself: false,
};

/** Tries of all sentences together, at most: each may be a row to keep in memory. N_a is lowered to that. */
export const mostTries = 400_000;

/** What stands on a model's encoder. A task chooses it; the encoder is the same under each. */
export type Head =
  /** Fills in words: [M, d] at the masked places -> logits over the vocabulary. */
  | { kind: 'mlm' }
  /** Tells classes apart: [B, d] at [CLS] -> logits over so many classes. */
  | { kind: 'classify'; classes: number };

export const mlm: Head = { kind: 'mlm' };

/** The head for these classes; where there are none, one that fills in words. */
export const headOf = (classes?: readonly string[] | null): Head =>
  classes ? { kind: 'classify', classes: classes.length } : mlm;

/** How many answers a head chooses from: the columns of its logits. */
export const answersOf = (head: Head, vocabularySize: number): number =>
  head.kind === 'mlm' ? vocabularySize : head.classes;

/** Words of the field, each explained in a sentence where it first stands in a panel. */
export const glossary = {
  mask: {
    word: '[MASK]',
    meaning: '[MASK] stands in place of a word that the models have to guess from the words around it.',
  },
  arm: {
    word: 'arm',
    meaning:
      'One student of the experiment: its size, its start, its losses and its T. All arms get the same batches, so that what differs between them is what was changed.',
  },
  twin: {
    word: 'twin',
    meaning:
      'The same student with the same start and the same batches, but without a teacher. What it lacks in the end is what the teacher was worth.',
  },
  hardLabels: {
    word: 'hard labels',
    meaning:
      'The words that really stood in the text: the right one has probability 1, all others 0. Learning from them alone takes no teacher.',
  },
  softTargets: {
    word: 'soft targets',
    meaning:
      'The teacher’s whole distribution over the vocabulary, softened at T: not only which word it would say, but what else comes close.',
  },
  darkKnowledge: {
    word: 'dark knowledge',
    meaning:
      'What the teacher knows of the wrong answers: which of them are nearly right. Soft targets pass it on, hard labels do not (Hinton).',
  },
  heldOut: {
    word: 'held out',
    meaning:
      'A tenth of the text that no model trains on. Figures taken on it tell learning from learning by heart.',
  },
  nats: {
    word: 'nats',
    meaning:
      'The unit of entropy, cross-entropy and KL with the natural logarithm: 1 nat is 1.44 bits. A guess of probability p costs −ln p nats.',
  },
  logits: {
    word: 'logits',
    meaning:
      'The raw scores of a model, one for each word of the vocabulary; the softmax makes probabilities of them.',
  },
} as const;

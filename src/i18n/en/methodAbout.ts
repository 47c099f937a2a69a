import type { MethodId } from '../../methods/registry';

/** What each method is, in a sentence: for the dialog of all formulas, the command line and the page of methods. */
export const methodAbout = {
  distilbert: 'Soft targets, hard labels and the direction of the last hidden states.',
  tinybert: 'Embeddings, attention and hidden states layer by layer, then the predictions.',
  hinton: 'Softened distributions and hard labels, weighed by α: distillation as it began.',
  logits: 'The raw logits as numbers to be hit, without softmax or T.',
  'pseudo-labels': 'The teacher’s first guess taken for the truth: does softness matter at all?',
  jsd: 'From covering all that the teacher holds possible to picking what it likes best.',
  dkd: 'What the teacher says of the right word, apart from what it says of the others.',
  standardised: 'The shape of the teacher’s logits without their scale.',
  annealing: 'The teacher’s logits scaled up step by step, then hard labels alone.',
  ctkd: 'A temperature that is learned against the student, harder and harder.',
  minilm: 'How attention is spread and how values relate, in the last layer alone.',
  minilmv2: 'How queries, keys and values relate among themselves: any width, any number of heads.',
  pkd: 'The state of [CLS], layer by layer.',
  theseus: 'The student’s layers take the places of the teacher’s at random; no loss compares the two.',
} as const satisfies Record<MethodId, string>;

/** What the methods, their losses and their choices are called; what stands in their editor alone is in methodNumbers.ts. */
import type { MethodWords } from '../methodWords';

export const methods = {
  method: {
    distilbert: { name: 'DistilBERT' },
    tinybert: { name: 'TinyBERT' },
    hinton: { name: 'Hinton' },
    logits: { name: 'logit matching' },
    'pseudo-labels': { name: 'pseudo-labels' },
    jsd: { name: 'divergence by β' },
    dkd: { name: 'DKD' },
    standardised: { name: 'standardised logits' },
    annealing: { name: 'annealing' },
    ctkd: { name: 'learned T' },
    minilm: { name: 'MiniLM' },
    minilmv2: { name: 'MiniLMv2' },
    pkd: { name: 'PKD' },
    theseus: { name: 'BERT-of-Theseus' },
  },
  term: {
    ce: 'Soft targets: T² KL(teacher ‖ student), both softened at T.',
    mlm: 'Hard labels: cross-entropy with the masked words, at T = 1.',
    cos: 'Direction of the last hidden states: 1 − cosine.',
    mse: 'Squared distance of the raw logits, without softmax or T.',
    attn: 'Attention scores: squared difference, each layer with its mapped one.',
    embd: 'Embeddings: squared difference of their outputs. A learned matrix makes up for unequal widths.',
    hidn: 'Hidden states: squared difference, each layer with its mapped one, through a learned matrix.',
    pred: 'Predictions: cross-entropy with the softened teacher, without T².',
    pseudo: 'Cross-entropy with the teacher’s first guess, as if it were the truth.',
    jsd: 'Divergence between the softened distributions: β = 0 covers, β = 1 picks.',
    tckd: 'Softened: the right word against all others, two numbers on each side.',
    nckd: 'Softened: the other words among themselves, the right one left out.',
    zscore: 'KL of logits that were given mean 0 and deviation 1 first.',
    anneal: 'Squared distance to the teacher’s logits times Φ, which grows to 1.',
    ctkd: 'KL at a T that is learned to make it hard for the student.',
    attnKl: 'KL of the last layers’ attention.',
    valueKl: 'KL of the relations between values in the last layers.',
    relQ: 'KL of the relations between queries.',
    relK: 'KL of the relations between keys.',
    relV: 'KL of the relations between values.',
    patient: 'Squared difference of the [CLS] states, all layers but the student’s last.',
  },
  choice: {
    softForm: {
      label: 'Form of L_ce',
      meaning:
        'The two differ by the teacher’s entropy, which no student can change: their gradients are equal.',
      options: { divergence: 'KL divergence', crossEntropy: 'cross-entropy' },
    },
    softScale: {
      label: 'Scale of L_ce',
      meaning: 'T² keeps the gradient alike in size as T grows.',
      options: { squaredTemperature: 'times T²', none: 'without T²' },
    },
    projection: {
      label: 'Projection',
      meaning: 'TinyBERT’s program has one matrix for all levels, the paper one for each.',
      options: { shared: 'one for all levels (code)', perLevel: 'one per level (paper)' },
    },
    attention: {
      label: 'Attention compared',
      meaning: 'TinyBERT compares scores, which found better minima sooner.',
      options: { scores: 'before the softmax', probabilities: 'after the softmax' },
    },
    padding: {
      label: 'Padding',
      meaning:
        'TinyBERT’s program counts padding in its means, which makes them smaller where there is more of it.',
      options: { counted: 'counts (code)', leftOut: 'left out' },
    },
    heads: {
      label: 'Heads',
      meaning: 'How the student’s heads are compared with the teacher’s.',
      options: { each: 'one with one', mean: 'means over heads', paired: 'as listed' },
    },
    predictionMean: {
      label: 'Mean of L_pred',
      meaning: 'The program’s mean runs over the words of the vocabulary too, and is V times smaller.',
      options: { rows: 'over tokens (paper)', elements: 'over tokens and words (code)' },
    },
    layers: {
      label: 'Layers compared',
      meaning: 'By the mapping, or others of the teacher’s drawn in each epoch.',
      options: { fixed: 'by the mapping', drawn: 'drawn in each epoch' },
    },
    divergenceScale: {
      label: 'Scale between the ends',
      meaning:
        'As published the divergence goes to 0 towards both ends and jumps there; divided by β (1 − β) it doesn’t.',
      options: { even: 'even', asIs: 'as published' },
    },
    patience: {
      label: '[CLS] states',
      meaning: 'The paper brings them to length 1 first; its program does so only where asked.',
      options: { normalised: 'of length 1 (paper)', asIs: 'as they are (code)' },
    },
    blocks: {
      label: 'The student’s layers',
      meaning: 'By themselves, or in the teacher’s places, more and more often (BERT-of-Theseus).',
      options: { own: 'by themselves', replacing: 'replacing the teacher’s' },
    },
  },
  moving: {
    drawnLayers: 'the teacher’s layers drawn',
    phi: 'share of the teacher’s logits that is the target',
    reversal: 'how strongly T is turned against the student: 0 not at all, −1 fully',
    replacing: 'chance that a layer of the student’s runs',
    gates: 'layers that are replaced',
    learnedT: 'temperature, as it is learned',
  },
} as const satisfies MethodWords;

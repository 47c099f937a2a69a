/** What the methods are called, what they ask, and what their numbers mean. */
import type { MethodWords } from '../methodWords';

export const methods = {
  method: {
    distilbert: {
      name: 'DistilBERT',
      about: 'Soft targets, hard labels and the direction of the last hidden states.',
    },
    tinybert: {
      name: 'TinyBERT',
      about: 'Embeddings, attention and hidden states layer by layer, then the predictions.',
    },
    hinton: {
      name: 'Hinton',
      about: 'Softened distributions and hard labels, weighed by α: distillation as it began.',
    },
    logits: { name: 'logit matching', about: 'The raw logits as numbers to be hit, without softmax or T.' },
    'pseudo-labels': {
      name: 'pseudo-labels',
      about: 'The teacher’s first guess taken for the truth: does softness matter at all?',
    },
    jsd: {
      name: 'divergence by β',
      about: 'From covering all that the teacher holds possible to picking what it likes best.',
    },
    dkd: {
      name: 'DKD',
      about: 'What the teacher says of the right word, apart from what it says of the others.',
    },
    standardised: {
      name: 'standardised logits',
      about: 'The shape of the teacher’s logits without their scale.',
    },
    annealing: {
      name: 'annealing',
      about: 'The teacher’s logits scaled up step by step, then hard labels alone.',
    },
    ctkd: {
      name: 'learned T',
      about: 'A temperature that is learned against the student, harder and harder.',
    },
    minilm: {
      name: 'MiniLM',
      about: 'How attention is spread and how values relate, in the last layer alone.',
    },
    minilmv2: {
      name: 'MiniLMv2',
      about: 'How queries, keys and values relate among themselves: any width, any number of heads.',
    },
    pkd: { name: 'PKD', about: 'The state of [CLS], layer by layer.' },
    theseus: {
      name: 'BERT-of-Theseus',
      about: 'The student’s layers take the places of the teacher’s at random; no loss compares the two.',
    },
  },
  term: {
    ce: 'Soft targets: T² KL(teacher ‖ student), both softened at T.',
    mlm: 'Hard labels: cross-entropy with the masked words, at T = 1.',
    cos: 'Direction of the last hidden states: 1 − cosine. Needs equal widths.',
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
    attnKl: 'KL of the last layers’ attention. Needs equal heads.',
    valueKl: 'KL of the relations between values in the last layers. Needs equal heads.',
    relQ: 'KL of the relations between queries.',
    relK: 'KL of the relations between keys.',
    relV: 'KL of the relations between values.',
    patient: 'Squared difference of the [CLS] states, all layers but the student’s last. Needs equal widths.',
  },
  dial: {
    beta: { label: 'Direction β', meaning: '0: KL(teacher ‖ student). 1: KL(student ‖ teacher).' },
    annealingSteps: { label: 'Levels of Φ', meaning: 'In how many steps Φ grows to 1.' },
    annealingShare: { label: 'Share of matching', meaning: 'Share of the run before hard labels take over.' },
    lowestT: { label: 'Lowest T', meaning: 'T is this at least.' },
    rangeOfT: { label: 'Range of T', meaning: 'T is at most the lowest and this.' },
    reversalShare: {
      label: 'Share of growing',
      meaning: 'Share of the run over which T learns to make it harder.',
    },
    relationHeads: {
      label: 'Relation heads',
      meaning: 'Into how many parts each width is cut. They divide both.',
    },
    layersBeforeLast: {
      label: 'Layers before the last',
      meaning: 'How far before the teacher’s last layer the one lies that is compared with; 0: the last.',
    },
    replacedFirst: {
      label: 'Replaced at first',
      meaning: 'The chance that a layer of the student’s runs, at the start.',
    },
    replacementShare: {
      label: 'Share of replacing',
      meaning: 'Share of the run after which only the student’s layers run.',
    },
    topCount: { label: 'Words kept', meaning: 'How many of the teacher’s most probable words are kept.' },
  },
  list: {
    lambda: {
      label: 'Weight of each layer λ',
      meaning: 'Embeddings first, then each of the student’s layers.',
    },
    headPairs: {
      label: 'Teacher’s head',
      meaning: 'The teacher’s head that each of the student’s is compared with.',
    },
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
    phi: 'Φ',
    reversal: 'λ of the reversed gradient',
    replacing: 'chance of a replacement p',
    gates: 'layers that are replaced',
    learnedT: 'learned T',
  },
  control: {
    teacher: 'as the teacher gives them',
    shuffled: 'all but the right word shuffled',
    smoothed: 'smoothed labels, as soft as the teacher’s',
    goldOnly: 'the right word’s probability alone',
    topWords: 'the most probable words alone',
  },
} as const satisfies MethodWords;

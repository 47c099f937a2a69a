export const predictions = {
  title: 'Predictions',
  lede: 'What each model would put in place of <0>[MASK]</0>, at the T of the view. Write a sentence of your own, or move the temperature: the bars follow at once.',
  maskMeaning:
    'The token that stands for a word left out. Models of this kind are trained to say which word was there, from the words on both sides.',
  sentence: 'Sentence with one [MASK]',
  placeMask: 'Insert [MASK]',
  placeMaskHint:
    'At the caret, or in place of the selected word. A [MASK] that stands elsewhere moves there.',
  examples: 'Try',
  scale: 'Scale of the probabilities',
  linear: 'linear',
  log: 'log',
  axis: 'probability at T = {{temperature}}',
  rest: 'all others',
  restMeaning:
    'The other {{count}} tokens of the vocabulary together: what is left of 1. Their bars have a scale of their own, from 0 to 1.',
  restChart: 'Probability of all other tokens together, by model',
  restScale: 'of 1',
  bar: '{{model}}, “{{token}}”: {{probability}}',
  chart: 'Probabilities of the tokens shown, by model',
  piece: 'A piece that continues a word: ## joins it to the token before.',
  figures: 'Figures by model',
  model: 'Model',
  best: 'First guess',
  bestMeaning: 'The token with the highest probability, and that probability at T.',
  entropy: 'Entropy H',
  nats: 'nats',
  natsMeaning:
    'The unit of information that natural logarithms give: 1 nat is 1.44 bits. Evenly torn between k tokens is ln k nats: 0.69 for two, 2.3 for ten.',
  entropyMeaning:
    'H(p) = −Σ p ln p over the whole vocabulary, at this T. 0 nats: certain of one token; ln V = {{max}} nats: all {{count}} tokens alike. It grows with T.',
  kl: 'KL from teacher',
  klMeaning:
    'KL(teacher ‖ model) = Σ p (ln p − ln q) at this T, p the teacher’s probabilities and q the model’s. 0 nats: the same distribution. Times T², this is what the soft loss averages over tokens.',
  atStep: 'At step {{step}}.',
  recorded:
    'As recorded at step {{step}}, probabilities to within 0.0004. Change the sentence, and the models of now are asked.',
  stale: 'These bars are still those of “{{sentence}}”',
  unknownWords: 'The vocabulary can’t spell {{words}}: the models read [UNK] there.',
  task: {
    lede: 'The class that each model gives the text, at the T of the view. Write one of your own, or move the temperature: the bars follow at once.',
    ledePair:
      'The class that each model gives the pair, at the T of the view. Write one of your own, or move the temperature: the bars follow at once.',
    ownQuestion: 'Which label does it have?',
    text: 'Text',
    first: 'A',
    firstText: 'Text A',
    second: 'B',
    secondText: 'Text B',
    variants: 'Its varied training rows…',
    variantsHint:
      'What augmentation made of the rows to train on: what was exchanged and why, and whether the tuned teacher still says the label.',
    chart: 'Probabilities of the classes, by model',
    best: 'It says',
    bestMeaning: 'The class with the highest probability, and that probability at T.',
    entropyMeaning:
      'H(p) = −Σ p ln p over the classes, at this T. 0 nats: certain of one class; ln C = {{max}} nats: all {{count}} classes alike. It grows with T.',
    klMeaning:
      'KL(teacher ‖ model) = Σ p (ln p − ln q) over the classes, at this T, p the teacher’s probabilities and q the model’s. 0 nats: the same distribution. Times T², this is what the soft loss averages over rows.',
    restMeaning:
      'The other {{count}} classes together: what is left of 1. Their bars have a scale of their own, from 0 to 1.',
    restChart: 'Probability of all other classes together, by model',
  },
  loading: 'The bars appear when the models are loaded.',
  waiting: 'The models are reading the sentence.',
  noAnswer: 'Change the sentence as it says above, and the bars appear.',
  figure: 'Predictions for “{{sentence}}”',
  file: {
    model: 'model',
    answer: 'answer',
    probability: 'probability',
    temperature: 'T',
    entropy: 'entropy, nats',
    kl: 'KL from the teacher, nats',
  },
} as const;

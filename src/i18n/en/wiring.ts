/** The wiring board: which layer is compared with which, drawn over how alike they are. */
export const wiring = {
  title: 'Wiring board',
  lede: 'Which layer of the teacher each layer of the student is compared with (wires), over how alike every two of them are (colours). Drag a wire to another column, or reach it by Tab and move it by the arrow keys.',
  of: 'What the map shows',
  cka: 'CKA',
  cosine: 'cosine',
  file: { student: 'student’s layer', teacher: 'teacher’s layer' },
  against: 'Small figures: change since',
  first: 'step {{step, number}} of this run',
  earlier: 'the run before, step {{step, number}}',
  table: {
    cka: 'Linear CKA of each level of {{model}}, in rows, with each of {{source}}, in columns',
    cosine: 'Mean cosine of each level of {{model}}, in rows, with each of {{source}}, in columns',
  },
  level: 'layer {{level}}',
  embeddings: 'emb.',
  embeddingsLong: 'embeddings',
  wired: 'wired',
  slider: 'Student layer {{level}}',
  at: 'teacher layer {{source}}',
  atAlike: 'teacher layer {{source}}, alike by {{value}}',
  keys: {
    compared: 'compared by a loss',
    waiting: 'compared by no loss of this student',
    copied: 'copied from there at step 0',
    projected: 'projected from there at step 0',
  },
  mostAlike: 'Most alike',
  mostAlikeMeaning:
    'The mapping in rising order whose pairs are most alike in this map, taken together. It follows what is, which need not be what teaches best.',
  meaning: {
    cka: 'Linear CKA says how alike two layers tell tokens apart, of whatever width: 1 if one is the other turned and scaled, about 0 if they have nothing in common. It can come out a little below 0.',
    cosine:
      'The cosine of a token’s two hidden states, on average: 1 if they point the same way, 0 if at right angles. It compares number with number, and sees no likeness that is turned.',
  },
  through: {
    itself: 'The hidden states are compared as they are.',
    projection:
      'The student’s hidden states go through the projection W_h first, which its losses train beside it.',
    mixed:
      'Where a loss trains a projection W_h, the student’s hidden states go through it first; the others are compared as they are.',
    none: 'There is no cosine: the student is {{student}} wide, the teacher {{teacher}}, and no loss of this student trains a projection W_h from one to the other. L_hidn would, under Objective.',
    some: 'Rows without figures have another width than the teacher, and no trained projection.',
  },
  embeddingsWire: {
    compared: 'The embeddings stay with the embeddings, g(0) = 0: {{term}} compares them.',
    waiting:
      'The embeddings stay with the embeddings, g(0) = 0. No loss of this student compares them; L_embd would, under Objective.',
  },
  reads: {
    some: 'Of this student’s losses, {{terms, list}} go by the wires.',
    replaces: 'The wires say which of the teacher’s layers each of the student’s replaces.',
    none: 'No loss of this student goes by the wires: rewiring changes what is shown, not what is learned.',
  },
  growth: {
    wired:
      'From step {{from, number}} to step {{to, number}} the wired pairs of layers went from {{wiredFrom}} to {{wired}} on average (the embeddings are left out)',
    others: ', all other pairs from {{othersFrom}} to {{others}}.',
    alone: '.',
    before:
      'At step {{from, number}} of the run before, the pairs that are wired now were at {{wiredFrom}} on average; at step {{to, number}} they are at {{wired}}',
    now: 'At step {{to, number}} the wired pairs are at {{wired}} on average, all other pairs at {{others}}.',
    nowAlone: 'At step {{to, number}} the wired pairs are at {{wired}} on average.',
  },
  measured:
    'Measured at step {{step, number}}, on {{tokens, number}} tokens of {{sequences, number}} held-out sequences, the same each time. One comparison of all students took {{took}}; while the run plays it is repeated so that it takes {{share}} of the time at most.',
  again: 'Compare now',
  step: 'Step {{step, number}} of {{steps, number}}',
  waiting: 'The models read a fixed sample of held-out text: the colours come in a moment.',
  opening: 'The run is being opened: the colours come with it.',
  untaught: 'Nobody teaches this student in the stage that runs: there is nothing to compare.',
  otherShape: 'The run has this student with other layers: the colours come once the changes are applied.',
  otherWires: 'The run has other wires until the changes are applied; the chart shows the run’s.',
  chart: 'Wired pairs over the steps since the board was opened',
  chartNote: 'One line for each wired pair: the number is the student’s layer, 0 the embeddings.',
  chartOf: 'Likeness of the wired pairs over the steps. {{pairs, list}}',
  pair: 'Student layer {{level}} with teacher layer {{source}}: {{from}} at step {{first, number}}, {{to}} at step {{last, number}}',
  stepAxis: 'step',
  misfit: 'It doesn’t fit like that. {{what}}',
  how: 'How it is computed',
  howCka:
    'Hidden states of the same tokens, X of the student and Y of the teacher, a row for each token and each column without its mean: CKA = HSIC(X, Y) / √(HSIC(X, X) · HSIC(Y, Y)) (Kornblith et al. 2019). HSIC is the estimate without bias (Song et al. 2012), averaged over batches of 16 sequences before the quotient (Nguyen et al. 2021): the plain one calls unrelated layers alike where tokens are few beside the width.',
  howText:
    'Words are masked as in training, padding is left out. Level 0 is the output of the embeddings, level m that of layer m. The figures live as long as the page.',
} as const;

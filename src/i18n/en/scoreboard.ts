export const scoreboard = {
  title: 'Scoreboard',
  lede: 'What each model can do and what it costs, measured here. Press Measure when a run has ended, or in the middle of one.',
  measure: 'Measure',
  measuring: 'Measuring…',
  measureHint:
    'Pauses the run, evaluates all of the held-out text and times the forward pass of every model.',
  taskTable: 'Table of tasks',
  taskTableFills: 'Table of tasks (is being filled)',
  calibration: 'Can one believe its probabilities?',
  saveModels: 'Save a model for other programs',
  saveModelsHint: 'Teacher and students as zips that transformers loads in Python.',
  costs: 'Where do the parameters sit, and why is a smaller model hardly faster?',
  seen: 'Text seen by step {{step}}: {{sequences}} sequences, about {{tokens}} tokens: {{passes}} passes over the text. All students read the same.',
  seenOnce:
    'Text seen by step {{step}}: {{sequences}} sequences, about {{tokens}} tokens: {{percent}} of the text once. All students read the same.',
  luck: 'Is this luck?',
  luckHint:
    'Trains the same under several seeds in the background, and says which differences chance would not give.',
  quality: 'Quality on held-out text',
  cost: 'Cost on this machine',
  model: 'Model',
  other: 'Teacher {{number}}: {{name}}',
  allStudents: 'all students',
  notMeasured: 'not measured yet',
  parameters: 'Parameters',
  parametersMeaning:
    'Numbers that training sets: embeddings, attention, feed-forward layers, MLM head. Below them the bytes of the weights in float32, four for each; 1 MB is 10⁶ bytes.',
  latency1: '1 sentence, ms',
  latency1Meaning:
    'Milliseconds of one forward pass at batch 1 on this machine, training paused: the median of {{runs}} passes, and below it what the middle half of them took. Models of one shape are measured as one; shapes take turns.',
  latency32: '32 sentences, ms',
  latency32Meaning:
    'Milliseconds of one forward pass at batch 32 on this machine, training paused: the median of {{runs}} passes, and below it what the middle half of them took. Models of one shape are measured as one; shapes take turns.',
  between: '{{low}} to {{high}}',
  accuracy: 'Words right',
  accuracyMeaning:
    'Share of the masked words of held-out text where the first guess is the word that was there. Below it how far another sample of as many words may lie from it, in 95 of 100 cases.',
  loss: 'Loss, nats',
  lossMeaning:
    'Mean cross-entropy with the masked words of held-out text, −ln of the probability of the right word at T = 1. A nat is the unit of natural logarithms: 1 nat less is a probability 2.7 times as high.',
  agreement: 'As the teacher',
  agreementMeaning:
    'Share of the masked words where the model’s first guess is also the teacher’s, right or wrong.',
  kl: 'KL, nats',
  klMeaning:
    'KL(teacher ‖ model) at T = 1, the mean over the masked words: how far its distributions are from the teacher’s. 0 nats: the same ones.',
  margin: '± {{value}}',
  sourceFull: 'All of the held-out text: {{words}} masked words, at step {{step}}.',
  sourceSample:
    'A sample of the held-out text: {{words}} masked words, at step {{step}}. Measure takes all of it.',
  sourceFew:
    'Only {{words}} masked words of held-out text, at step {{step}}: too few to say how good a model is.',
  sourceNone: 'Quality appears with the first held-out evaluation, or when you press Measure.',
  task: {
    measureHint:
      'Pauses the run, has every model label all held-out rows and times the forward pass of every model.',
    quality: 'Quality on held-out rows',
    parametersMeaning:
      'Numbers that training sets: embeddings, attention, feed-forward layers, classifier. Below them the bytes of the weights in float32, four for each; 1 MB is 10⁶ bytes.',
    accuracy: 'Labels right',
    accuracyMeaning:
      'Share of the held-out rows whose label is right. Below it how far another sample of as many rows may lie from it, in 95 of 100 cases.',
    figureMeaning:
      '{{meaning}} Below it how far another sample of as many rows may lie from it, in 95 of 100 cases.',
    loss: 'Loss, nats',
    lossMeaning:
      'Mean cross-entropy with the labels of held-out rows, −ln of the probability of the right label at T = 1. A nat is the unit of natural logarithms: 1 nat less is a probability 2.7 times as high.',
    agreement: 'As the teacher',
    agreementMeaning:
      'Share of the held-out rows where the model says what the teacher says, right or wrong.',
    kl: 'KL, nats',
    klMeaning:
      'KL(teacher ‖ model) at T = 1, the mean over held-out rows: how far its distributions are from the teacher’s. 0 nats: the same ones.',
    sourceFull: 'All held-out rows: {{words}}, at step {{step}}.',
    sourceSample: 'A sample of the held-out rows: {{words}}, at step {{step}}. Measure takes all of them.',
    sourceFew: 'Only {{words}} held-out rows, at step {{step}}: too few to say how good a model is.',
    commonest: 'Saying “{{label}}” of every row, the commonest label, would be right on {{share}}.',
    keeps: 'keeps {{percent}}\u00a0% (±\u00a0{{margin}}) of the labels right',
    keepsAbout: 'keeps about {{percent}}\u00a0% (±\u00a0{{margin}}) of the labels right',
    keptFew: 'too few labels right among {{words}} to say what it keeps',
    versusFew:
      'Against {{twin}}, its twin with the same start and the same batches: {{words}} rows are too few to say.',
    accuracyGained: 'right on more rows by {{value}} points',
    accuracyLost: 'right on fewer rows by {{value}} points',
    accuracyAlike: 'labels right can’t be told apart ({{value}} points)',
    doubt:
      'The margins (±) hold in 95 of 100 samples of as many rows. Both models label the same rows; how often both are right on one is bounded by how often they agree with the teacher, so the margins are rather too wide. Another seed of the training may differ by more.',
    seen: 'Rows seen by step {{step}}: {{sequences}}, about {{tokens}} tokens: {{passes}} passes over those to train on. All students read the same.',
    seenOnce:
      'Rows seen by step {{step}}: {{sequences}}, about {{tokens}} tokens: {{percent}} of those to train on, once. All students read the same.',
    heldOut: 'Held-out rows…',
    heldOutHint:
      'Pauses the run and has every model label all held-out rows: what is taken for what, and where teacher and student disagree.',
  },
  withheld: {
    title: '“{{word}}”, which no student trained on',
    accuracyMeaning:
      'Share of the places where “{{word}}” stood at which it is the first guess. It is masked wherever it stands, and nothing else is.',
    log: 'ln p',
    logMeaning:
      'Mean of ln p of the word there, at T = 1, in nats. 0 is certain; −4.6 is a probability of 1 %.',
    source:
      '{{places}} places: {{heldOut}} in held-out text, the others in sequences left out for the word, which no student has read (the teacher may have).',
  },
  behind: 'The run has gone on to step {{step}}.',
  verdictTitle: 'In this run, at step {{step}}, against the teacher',
  verdictWaiting: 'The verdict comes with the first held-out evaluation after step 0.',
  allAlike: 'All that learn from it: {{parts}}.',
  verdict: '{{parts}}.',
  smaller: '{{percent}}\u00a0% smaller',
  larger: '{{percent}}\u00a0% larger',
  sameSize: 'the same size',
  faster: '{{times}} times as fast',
  slower: 'takes {{times}} times as long',
  sameSpeed: 'about as fast',
  speedUnknown: 'speed not measured yet',
  keeps: 'keeps {{percent}}\u00a0% (±\u00a0{{margin}}) of the words right',
  keepsAbout: 'keeps about {{percent}}\u00a0% (±\u00a0{{margin}}) of the words right',
  keptFew: 'too few words right among {{words}} to say what it keeps',
  keptUnknown: 'quality not measured yet',
  versus: 'Against {{twin}}, its twin with the same start and the same batches: {{kl}}; {{accuracy}}.',
  versusFew:
    'Against {{twin}}, its twin with the same start and the same batches: {{words}} words are too few to say.',
  klCloser: 'KL to the teacher lower by {{value}} nats',
  klFarther: 'KL to the teacher higher by {{value}} nats',
  klAlike: 'KL to the teacher can’t be told apart ({{value}} nats)',
  accuracyGained: 'right on more words by {{value}} points',
  accuracyLost: 'right on fewer words by {{value}} points',
  accuracyAlike: 'words right can’t be told apart ({{value}} points)',
  withMargin: '{{value}} (±\u00a0{{margin}})',
  doubt:
    'The margins (±) hold in 95 of 100 samples of as many words. Both models answer the same words; how often both are right on one is bounded by how often they agree with the teacher, so the margins are rather too wide. Another seed of the training may differ by more.',
  file: {
    model: 'model',
    words: 'held-out answers',
    accuracy: 'share right',
    loss: 'loss, nats',
    agreement: 'share as the teacher',
    kl: 'KL from the teacher, nats',
    klError: 'standard error of the KL, nats',
    parameters: 'parameters',
    bytes: 'bytes',
    one: '1 sentence, median ms',
    oneLow: '1 sentence, middle half from, ms',
    oneHigh: '1 sentence, middle half to, ms',
    many: '32 sentences, median ms',
    manyLow: '32 sentences, middle half from, ms',
    manyHigh: '32 sentences, middle half to, ms',
  },
} as const;

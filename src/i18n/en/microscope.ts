/** The temperature microscope: one word's logits at every T. */
export const microscope = {
  title: 'Temperature microscope',
  atStep: 'as the models answer at step {{step}}',
  view: 'T = {{value}}',
  at: 'At T = {{value}}',
  nats: 'nats',
  waiting: 'The models are reading the sentence.',
  viewsLabel: 'Views',
  views: {
    ladder: 'Side by side',
    curves: 'Against T',
    gradient: 'What it teaches',
  },
  moved: {
    view: 'You moved the view: what you see changed, what students learn did not.',
    train: 'You moved the training: what students learn changed.',
  },
  ladder: {
    label: 'Probabilities at a ladder of temperatures',
    rank: 'Rank',
    view: 'view',
    train: 'training',
    ofWords: {
      note: 'The same logits at one T after another. From left to right the first word gives to all {{all}}: what a model thinks of other words comes to light, and then drowns among all of them.',
      word: 'Word',
      rankMeaning:
        'Its place among all {{all}} words, by model. Dividing by T keeps the order of logits, so that a rank is the same at every T.',
      rankNote: 'T moves every bar and no rank: which word comes first is the same at every T.',
      entropyMeaning:
        'H(p) = −Σ p ln p over the whole vocabulary. It rises with T up to ln V = {{max}} nats, all {{all}} words alike.',
    },
    ofClasses: {
      note: 'The same logits at one T after another. From left to right the first class gives to the others: what a model thinks of them comes to light, until all {{all}} are nearly alike.',
      word: 'Class',
      rankMeaning:
        'Its place among the {{all}} classes, by model. Dividing by T keeps the order of logits, so that a rank is the same at every T.',
      rankNote: 'T moves every bar and no rank: which class comes first is the same at every T.',
      entropyMeaning:
        'H(p) = −Σ p ln p over the classes. It rises with T up to ln C = {{max}} nats, all {{all}} classes alike.',
    },
    entropy: 'Entropy H, nats',
    kl: 'KL from teacher, nats',
    klMeaning:
      'KL(teacher ‖ model) = Σ p (ln p − ln q), both at the same T: p the teacher’s probabilities, q the model’s. 0: the same distribution.',
  },
  entropy: {
    title: 'Entropy H',
    chart: 'Entropy against T, by model',
    note: 'How undecided a model is, in nats. It rises with T towards ln V = {{max}}, all {{all}} words alike.',
    noteOfClasses:
      'How undecided a model is, in nats. It rises with T towards ln C = {{max}}, all {{all}} classes alike.',
  },
  kl: {
    title: 'KL from teacher, and T² times it',
    chart: 'KL from the teacher against T, without and with T², by model',
    note: 'In nats, both at the same T. KL alone goes to 0 as T grows, whatever a student has learned; T² KL, which is L_ce, comes to half the mean squared difference of the centred logits: {{limits}}.',
    limit: '{{model}} {{limit}}',
    plain: 'KL',
    squared: 'T² KL',
  },
  word: {
    title: 'One word’s probability',
    choose: 'Word',
    chooseClass: 'Class',
    chart: 'Probability of “{{word}}” against T, by model',
    probability: 'probability',
    rank: '{{model}} {{rank}}',
    note: 'Rank of “{{word}}” among {{all}} words, the same at every T: {{ranks}}.',
    noteOfClasses: 'Rank of “{{word}}” among {{all}} classes, the same at every T: {{ranks}}.',
  },
  gradient: {
    title: 'The pull on each logit',
    student: 'Student',
    noTeacher: 'There is no teacher here, so that softened targets pull at nothing.',
    chart: 'Gradient of the soft loss by logit, of {{model}}',
    with: 'with T²',
    without: 'without T²',
    scale: 'scale: ±{{scale}}',
    note: 'Below zero, to the left: a step of training raises this logit. All of them sum to 0.',
    notTaught: '{{model}} does not learn from softened targets: this is what they would ask of it.',
    symbols: {
      t: 'temperature',
      p: 'the teacher’s probabilities at T',
      q: 'the student’s probabilities at T',
      z: 'the student’s logits',
      kl: 'KL(p ‖ q), at one word',
    },
  },
  file: { model: 'model', probabilityOf: 'probability of {{word}}' },
  length: {
    title: 'Length of the pull, ‖g‖',
    chart: 'Length of the gradient against T, with and without T², by model',
    note: 'At T = {{temperature}} the two differ by T² = {{square}}. Without it the teacher falls silent as T grows, as 1/T²; with it the pull comes to rest.',
    none: 'The student agrees with the teacher: there is no pull.',
  },
} as const;

/** The same words whatever is counted. */
const everywhere = <T extends string>(words: T) => ({ words, rows: words, both: words }) as const;

export const losses = {
  title: 'Losses',
  lede: 'What each student has learned so far, and how far it still is from its targets. Press Play, then change T or a loss weight and see which curve bends.',
  scale: 'Scale of the losses',
  linear: 'linear',
  log: 'log',
  terms: 'Terms shown',
  arms: 'Arms shown',
  total: 'L',
  meaning: {
    term: '{{symbol}}. {{meaning}}',
    total:
      'L: the sum of the terms, each times its weight. It is what the optimiser lowers; arms with other weights have another scale.',
  },
  units: {
    nats: 'nats',
    pure: 'pure number',
    total: 'weighted sum',
  },
  progress: 'Progress, in measures that T plays no part in',
  measure: {
    kl: everywhere('KL to the teacher at T = 1, nats'),
    loss: everywhere('Loss at T = 1, nats'),
    right: { words: 'Masked words right, %', rows: 'Rows right, %', both: 'Words or rows right, %' },
  },
  measureUnit: { kl: 'nats', loss: 'nats', right: '%' },
  measureMeaning: {
    kl: everywhere(
      'KL(teacher ‖ student) at T = 1 on held-out text, text that no model trains on: how far the student’s answers are from the teacher’s, in nats, the unit of natural logarithms. 0: the same answers.',
    ),
    loss: {
      words:
        'Cross-entropy with the masked words of held-out text, text that no model trains on, at T = 1, in nats, the unit of natural logarithms.',
      rows: 'Cross-entropy with the labels of held-out rows, rows that no model trains on, at T = 1, in nats, the unit of natural logarithms.',
      both: 'Cross-entropy with the masked words of held-out text, and in a task’s stages with the labels of held-out rows, which no model trains on, at T = 1, in nats, the unit of natural logarithms.',
    },
    right: {
      words:
        'Share of the masked words of held-out text, text that no model trains on, where the first guess is the word that was there. The dotted level is the teacher’s.',
      rows: 'Share of the held-out rows, rows that no model trains on, whose label is right. The dotted level is the teacher’s.',
      both: 'Of a text the share of the masked words where the first guess is the word that was there, of a task the share of the rows whose label is right: of those that are held out, which no model trains on. The dotted level is the teacher’s.',
    },
  },
  measureChart: {
    kl: everywhere('KL to the teacher at T = 1 on held-out text, of each student over the training steps'),
    loss: everywhere('Loss on held-out text, of each student over the training steps'),
    right: {
      words: 'Masked words right on held-out text, in per cent, of each student over the training steps',
      rows: 'Held-out rows right, in per cent, of each student over the training steps',
      both: 'Masked words or rows right, held out, in per cent, of each student over the training steps',
    },
  },
  progressWhy: 'T and the loss weights play no part in these two, so they tell progress.',
  /** Follows it once all of the held-out text has been measured. */
  progressWhole: 'Lines are of a sample of the held-out text, lone marks of all of it.',
  /** Follows it where a loss is softened at T. */
  progressSoftened:
    'The losses below depend on T: change it, and {{term}} jumps at once, since it is then another measure.',
  overSeeds: 'Mean of {{count}} seeds',
  bands: 'Dotted: the mean of {{count}} seeds, in its 95\u00a0% interval.',
  between: '{{mean}} ({{low}} to {{high}})',
  progressAlone: 'Both are taken on held-out text. The loss weights play no part in them.',
  curves: 'Losses while training',
  temperatureChanged:
    'T was changed at the dotted line: {{terms, list}} before it and after it are different measures and can’t be compared. KL at T = 1, above, can.',
  temperaturesDiffer:
    'These students learn at different T: each one’s {{terms, list}} is measured at its own, so they can’t be compared. L_mlm and KL at T = 1, above, can.',
  movingTitle: 'What moves beside them',
  movingChart: '{{symbol}} over the training steps, of each student',
  tooLarge_one:
    '{{symbols, list}} is so large that the others would lie on the axis: it is hidden at first. Press it, and choose log to see all.',
  tooLarge_other:
    '{{symbols, list}} are so large that the others would lie on the axis: they are hidden at first. Press them, and choose log to see all.',
  oneOfMany: 'With so many students one loss is shown at first. The others are a press away.',
  withMargin: '{{value}} ± {{margin}}',
  stages: 'Stages',
  stage: '{{number}} {{name}}',
  stageSpan: 'Stage {{number}}, {{name}}: steps {{from}} to {{to}}',
  changedUnderWay: 'Changed while the run went on',
  changedLearningRate: 'learning rate',
  changedTeacherTemperature: 'of the teacher',
  changedWeight: 'weight',
  changedTo: ' → ',
  /** Where an arm goes its own way, above the chart and in words. */
  fork: 'fork',
  forked: '“{{arm}}” leaves “{{of}}”, which it is up to there',
  changedOf: '{{number}} ({{arms}})',
  changedAfter: 'After step {{step}}: {{what}}',
  changedBetween: 'From step {{from}} to {{to}}: {{what}}',
  step: 'step',
  chart: 'Losses of each arm over the training steps',
  empty: 'The first points appear here within seconds of Play.',
  noPointsYet: 'no points yet',
  nothingShown: 'All curves are switched off. Choose a term and an arm above.',
  ledger: 'Which loss pulls where?',
  ledgerKept: 'Which loss pulls where? The ledger is kept',
  smoothing: 'Smoothing',
  smoothed: 'Smoothed: each point is the mean of the last {{count}} entries.',
  rawBehind: 'The raw curve is faint behind it.',
  rawHidden: 'With so many curves the raw ones are left out.',
  raw: 'Not smoothed.',
  entry: 'An entry is one update.',
  entryMean: 'An entry is the mean of {{count}} updates.',
  drawn: 'To stay quick, the chart draws the mean of every {{count}} entries.',
  heldOut: 'Markers are held-out values, from text that no model trains on.',
  belowAxis: 'Values of 0 have no place on a log scale.',
  atStep: 'Step {{step}}',
  atSteps: 'Steps {{from}} to {{to}}',
  heldOutAt: 'Held out, step {{step}}',
  sweepTitle: 'Which T?',
  sweepKl: 'KL to the teacher at T = 1, nats',
  sweepRight: 'Masked words right, %',
  sweepAxis: 'T that the student trains at',
  sweepPoint: 'T = {{temperature}}: {{value}}',
  sweepPlot: '{{quantity}}. {{points}}.',
  sweepBestKl: 'In this run T = {{best}} comes closest to the teacher: {{value}} nats at T = 1.',
  sweepBestKlAlike:
    'In this run T = {{best}} comes closest to the teacher, {{value}} nats at T = 1, but it can’t be told apart from T = {{alike}}.',
  sweepBestRight: 'In this run T = {{best}} has most words right: {{value}}.',
  sweepBestRightAlike:
    'In this run T = {{best}} has most words right, {{value}}, but it can’t be told apart from T = {{alike}} (doubt of a difference: ±\u00a0{{margin}} points).',
  sweepFew: '{{words}} masked words are too few to say which T is best.',
  sweepWaiting: 'The first held-out evaluation after step 0 puts a point here for each T.',
  sweepWhy:
    'Compare these and not the curves of L_ce: each student’s L_ce is measured at its own T, and a smaller one need not be a better student.',
  file: {
    step: 'step',
    stage: 'stage',
    on: 'on',
    model: 'model',
    quantity: 'quantity',
    value: 'value',
    training: 'training',
    sample: 'held-out sample',
    full: 'all held out',
    kl: 'KL to the teacher, nats',
    loss: 'cross-entropy, nats',
    accuracy: 'share right',
    agreement: 'share as the teacher',
  },
} as const;

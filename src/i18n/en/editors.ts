/** The editors of the experiment, and what Play asks: they load when one opens. */
export const editors = {
  range: 'From {{min}} to {{max}}',
  /** Followed by what it could be, as buttons. */
  doubt: 'Do you mean:',
  rangeInteger: 'A whole number from {{min}} to {{max}}',
  atOnce: 'Acts on the next step.',
  actsMeaning: {
    next: '{{meaning}} A change acts on the next step.',
    later: '{{meaning}} A change acts once this stage comes.',
  },

  asks: {
    title: 'You have changes that are not applied',
    text: 'They are under {{parts, list}}. The run stands at step {{step, number}} and knows nothing of them; with them it starts again from step {{from, number}}.',
    startAgain: 'Start again with them',
    goOn: 'Go on without',
  },
  armsEditor: {
    lede: 'An <arm>arm</arm> is one student. All see the same batches; change one thing, and the charts show what it does. The <twin>twin</twin> of a student shows what the teacher was worth.',
    copy: 'Copy {{arm}}',
    twin: 'Copy {{arm}} without teacher',
    twinShort: 'Its twin',
    copyShort: 'Copy',
    remove: 'Remove {{arm}}',
    full: 'Six arms are the most.',
    hint: 'A copy starts out alike: change one thing under Student, Objective or Mapping.',
  },
  student: {
    layers: 'Layers',
    layersMeaning: 'Transformer layers: attention, then a feed-forward network.',
    width: 'Width d',
    widthMeaning: 'Numbers in a hidden state, one such vector for each token.',
    heads: 'Heads',
    headsMeaning: 'Attention patterns in each layer. Heads divide the width.',
    feedForward: 'Feed-forward',
    feedForwardMeaning: 'Inner width of the feed-forward network, usually 4 d.',
    start: 'Weights at step 0',
    startCopy: 'copied from the teacher',
    startProject: 'projected from the teacher',
    startRandom: 'random',
    startMeaning:
      'DistilBERT copies every other layer, which needs the teacher’s width and heads. Projecting keeps what a narrower student can hold, of any width.',
    copyFrom: 'Layer {{layer}} is a copy of teacher layer',
    projectFrom: 'Layer {{layer}} is projected from teacher layer',
  },
  source: {
    label: 'Learns from',
    meaning: 'All figures compare with the teacher, whoever teaches.',
    unused:
      'No student learns from {{names, list}}. Teachers that nobody learns from are loaded all the same.',
    leaveOut: 'Leave out',
  },
  objective: {
    lede: 'What is minimised: the weighted sum of losses, of <soft>soft targets</soft>, <hard>hard labels</hard> and what goes on inside.',
    temperature: 'Temperature T',
    weight: 'Weight of {{term}}',
    total: 'The loss that the optimiser lowers.',
    numbers: 'Weights and T',
    acts: { next: 'act on the next step', later: 'act once this stage comes' },
    ways: 'How it is computed',
    restarts: 'a change starts the run again',
    source: 'Where this is from',
    headPair: 'Head {{number}}',
    remove: 'Remove {{term}}',
    add: 'Add a loss',
    needsTeacher: 'Needs a teacher.',
    /** Of a loss that fits where its method goes another way. */
    with: 'Fits these two with “{{choice}}: {{option}}”.',
    misfit: {
      termNeedsEqualWidth:
        'Needs equal widths: the student is {{hiddenSize}} wide, the teacher {{teacherHiddenSize}}. The width is under Student.',
      termNeedsEqualHeads:
        'Needs as many heads: the student has {{heads}}, the teacher {{teacherHeads}}. Heads are under Student.',
      termNeedsEqualSize:
        'Needs the teacher’s width and heads, {{teacherHiddenSize}} and {{teacherHeads}}. They are under Student.',
      termNeedsMoreWords: 'Needs a vocabulary of {{least}} words or more; this one has {{words}}.',
      termNeedsDivisor:
        'Its {{heads}} relation heads must divide both widths, {{hiddenSize}} and {{teacherHiddenSize}}. The width is under Student.',
      termNeedsHeadPairs:
        'Needs one of the teacher’s {{teacherHeads}} heads for each of the student’s {{heads}}.',
      termNeedsLayers: 'Needs a layer that there isn’t. The number of layers is under Student.',
    },
    teacherTemperature: 'Teacher’s T',
    teacherTemperatureMeaning: 'Divides the teacher’s logits alone; T then divides the student’s.',
    studentTemperature: 'Student’s T',
    apart: 'Give the teacher a T of its own',
    together: 'One T for both',
    ownTemperature: '{{term}} learns a T of its own: T of the experiment says nothing here.',
    notSoftened: 'No loss here is softened: T says nothing.',
    softTargets: 'Soft targets',
    softTargetsMeaning:
      'Controls take a part of what the teacher says away: what is lost then was in that part.',
    positions: 'Compared at',
    all: 'every token',
    masked: 'masked tokens only',
    positionsMeaning:
      'Over what the mean of {{terms, list}} runs. DistilBERT’s runs over every token that is not padding.',
  },
  mapping: {
    lede: 'Which teacher layer g(m) belongs to each student layer m, m → g(m): in the attention maps, in the losses that go layer by layer (L_attn, L_hidn, L_PT), and where layers are replaced. MiniLM’s losses compare one layer, whatever stands here.',
    drawn:
      'The losses of this student draw other layers in each epoch: what stands here holds for the attention maps alone.',
    layer: 'Student layer {{layer}} with teacher layer',
    uniform: 'Uniform',
    uniformMeaning: 'g(m) = m N / M: spread over all of the teacher (TinyBERT).',
    top: 'Top',
    topMeaning: 'g(m) = m + N − M: the teacher’s last layers.',
    bottom: 'Bottom',
    bottomMeaning: 'g(m) = m: the teacher’s first layers.',
  },
  training: {
    steps: 'Steps',
    stepsMeaning: 'Updates of the weights in a run.',
    batchSize: 'Batch',
    batchSizeMeaning: 'Sequences in one batch.',
    sequenceLength: 'Length L',
    sequenceLengthMeaning: 'Tokens in a sequence, [CLS] and [SEP] included.',
    accumulation: 'Accumulation',
    accumulationMeaning:
      'Batches whose gradients are averaged into one update: a larger batch in the same memory.',
    learningRate: 'Learning rate η',
    learningRateMeaning: 'Its peak: it rises from 0 during the warm-up, then falls linearly to 0.',
    warmup: 'Warm-up',
    warmupMeaning: 'Share of the steps over which the learning rate rises, 0 to 1.',
    weightDecay: 'Weight decay',
    weightDecayMeaning: 'How strongly AdamW pulls weights towards 0.',
    clipNorm: 'Clip norm',
    clipNormMeaning: 'The gradient is scaled down where its length is above this.',
    maskProbability: 'Masked share',
    maskProbabilityMeaning:
      'Share of the tokens to be guessed from those around them. Of these 80 % become [MASK], 10 % a random word, 10 % stay.',
    evaluateEvery: 'Evaluate every',
    evaluateEveryMeaning:
      'Steps between two looks at held-out text: a tenth of the text that no model trains on.',
    seed: 'Seed',
    seedMeaning: 'The same seed gives the same batches, masks and starting weights.',
    dropout: 'Dropout',
    dropoutMeaning:
      'Share of the numbers inside that students drop at random while they learn, 0 to 0.9. BERT is fine-tuned with 0.1; small students on small data need none.',
    maskSelection: 'Masked words',
    uniform: 'all words alike',
    rare: 'rare words more often',
    maskSelectionMeaning: 'DistilBERT draws a word with a probability proportional to count^−0.7.',
  },
  text: {
    facts:
      '{{texts}} texts, {{words}} words; {{train}} sequences to train on, {{heldOut}} <held>held out</held>.',
    dropped_one: '“{{word}}” is withheld: {{count, number}} sequence with it is left out.',
    dropped_other: '“{{word}}” is withheld: {{count, number}} sequences with it are left out.',
    without: 'A word to withhold',
    withoutMeaning:
      'No sequence in which it occurs is trained on: students can know it from the teacher alone. The scoreboard says whether they do.',
    bundled: {
      stories: 'Short stories written for this page.',
      everyday:
        'Single sentences of everyday life written for this page, among them what people watched yesterday.',
    },
    own: 'Your own text, kept in this browser.',
    rows: 'Your own labelled rows, kept in this browser.',
    useOwn: 'Use your own text…',
    useBundled: { stories: 'Use the stories', everyday: 'Use the everyday sentences' },
    task: '{{name}}: {{question}} What is learned is the label of a row, and no word is masked.',
    taskFacts: '{{train}} rows to train on, {{heldOut}} <held>held out</held>.',
    tasks: 'Or a task, whose rows have labels',
    useTask: 'Use the task “{{name}}”',
    addRows: 'Your own rows…',
    kept: 'Texts kept in this browser',
    use: 'Use “{{name}}”',
  },
  taught: {
    title: 'Who teaches the task',
    tuned: 'the teacher, tuned on it first',
    untuned: 'nobody: the labels alone',
    by: 'Teacher',
    byMeaning: 'A teacher of words knows no labels. It learns them from the rows that students learn from.',
    steps: 'Tuning steps',
    stepsMeaning:
      'Updates of the teacher before the stage begins. It is kept, and tuned once for as long as its data and these two numbers stay.',
    learningRate: 'Tuning rate',
    learningRateMeaning: 'Its peak; much above it the teacher forgets what it knows of the language.',
  },
  augmentation: {
    label: 'More rows (augmentation)',
    meaning:
      'Variants of each row, as TinyBERT makes them: a word gives way to one that the teacher would put there, or to a near one. Held-out rows have none.',
    off: 'none',
    on: 'with variants',
    tries: 'Tries N_a',
    triesMeaning: 'For each row; one that repeats an earlier one adds nothing. The paper has 20.',
    vectors: 'Word vectors…',
  },
  teacher: {
    shape_one: '{{count}} layer, {{width}} wide, {{heads}} heads, vocabulary {{vocabulary}}.',
    loaded_one:
      '{{count}} layer, {{width}} wide, {{heads}} heads, vocabulary {{vocabulary}}. {{parameters}} parameters, {{bytes}}.',
    shape_other: '{{count}} layers, {{width}} wide, {{heads}} heads, vocabulary {{vocabulary}}.',
    loaded_other:
      '{{count}} layers, {{width}} wide, {{heads}} heads, vocabulary {{vocabulary}}. {{parameters}} parameters, {{bytes}}.',
    choose: 'Teacher',
    none: 'No teacher: students learn from <hard>hard labels</hard> alone.',
    noneChoice: 'none: hard labels alone',
    train: 'Train a teacher on this text…',
    keep: 'Keep {{arm}} as a teacher…',
    adapts: 'Another teacher changes the students with it: half its layers, its width.',
  },
  trainTeacher: {
    title: 'Train a teacher',
    lede: 'A model learns <b>{{name}}</b> from <hard>hard labels</hard>, with the same live charts. At any time you can stop it and distil students from it.',
    from: 'Where it starts',
    continued: 'On from the present teacher',
    continuedMeaning:
      'Quick: it knows the language already and adapts to the text. For text in its language.',
    scratch: 'From scratch, tiny',
    scratchMeaning:
      'For other languages and scripts: a vocabulary is made from the text. Expect about 0.15 of the masked words right for the first thousands of steps.',
    stepsMeaning: 'Updates of the weights. As many as suit the size of the text, unless you say otherwise.',
    vocabulary: 'Vocabulary',
    vocabularyMeaning:
      'Tokens that the tokenizer may use, 256 to 8,192. Small texts want small vocabularies.',
    size: 'Size',
    planPasses_one: 'It takes {{steps}} steps, which read the text about once: about {{duration}} here.',
    planPasses_other:
      'It takes {{steps}} steps, which read the text {{passes}} times: about {{duration}} here.',
    plan: 'It takes {{steps}} steps: about {{duration}} here.',
    planUntimed: 'It takes {{steps}} steps.',
    next: 'It starts at once. At the top of the page you see how it gets better, and go on from there.',
    nextReplacing:
      'It starts at once, in place of the present run. At the top of the page you see how it gets better, and go on from there.',
    start: 'Start training',
  },
} as const;

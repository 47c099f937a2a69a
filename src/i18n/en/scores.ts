/** The scoreboard's closer looks: whether probabilities can be believed, where parameters sit, how time grows. */
export const scores = {
  measureAgain: 'Measure again',
  calibration: {
    title: 'Can one believe its probabilities?',
    lede: 'A model that says 70 % should be right in 70 of 100 such cases. Each dot is a group of guesses that were about equally sure: further right is surer, further up is right more often. On the dashed line both agree; below it a model is too sure of itself.',
    asking: 'The run rests while every model answers the held-out part.',
    few: 'Only {{places}} held-out answers are left to look at: too few to say whether probabilities can be believed. A longer text, or more rows, has more.',
    source:
      'Measured at step {{step}}. The best T after the fact was fitted on {{fitted}} held-out answers (the least mean loss of logits / T), and all figures and dots here are of the {{places}} others.',
    sourcePart: 'That is a sample of the held-out part.',
    dots: '{{model}}: share of right guesses by confidence. {{groups}}',
    group: 'about {{confidence}} sure: {{accuracy}} right of {{guesses}}',
    x: 'how sure the guess is',
    y: 'how often it is right',
    counts: 'guesses in each group',
    legend: {
      asItIs: 'as it is, T = 1, with its margin',
      atBest: 'at its best T after the fact',
      line: 'calibrated perfectly',
    },
    tooSure:
      'Says {{confidence}} on average and is right in {{accuracy}}: too sure. At T = {{T}} its error would be {{best}} instead of {{error}}.',
    tooUnsure:
      'Says {{confidence}} on average and is right in {{accuracy}}: less sure than it could be. At T = {{T}} its error would be {{best}} instead of {{error}}.',
    balanced:
      'Says {{confidence}} on average and is right in {{accuracy}}. Group by group it is off by {{error}}; at T = {{T}} that would be {{best}}.',
    perfect:
      'Says {{confidence}} on average and is right in {{accuracy}}: on so many answers it can’t be told from a model that is calibrated perfectly.',
    atEnd: 'The best T lies at the end of what was searched, or beyond it.',
    after:
      'Another T after the fact changes no guess, only how sure it sounds (temperature scaling, Guo et al. 2017). It has nothing to do with the T that a student was trained at.',
    table: 'Figures',
    model: 'Model',
    confidence: 'Says, on average',
    accuracy: 'Is right in',
    error: 'Calibration error',
    errorMeaning:
      'Expected calibration error: guesses are sorted into {{bins}} groups of equal width by how sure they are; it is the mean, over all guesses, of how far their group’s share of right ones lies from its mean confidence. 0 is perfect.',
    byChance: 'By chance',
    byChanceMeaning:
      'About what a model that is calibrated perfectly, and as sure, would show on as many answers, by chance alone. An error near it says nothing.',
    T: 'Best T',
    best: 'Error there',
    loss: 'Loss, nats',
    lossBest: 'Loss there',
    groups: 'The groups in figures',
    from: 'Confidence',
    range: '{{low}} to {{high}}',
    count: 'Guesses',
    file: {
      model: 'model',
      T: 'T',
      low: 'confidence from (above)',
      high: 'confidence to',
      count: 'guesses',
      confidence: 'mean confidence',
      accuracy: 'share right',
    },
  },
  cost: {
    title: 'Where the parameters and the time go',
    parts: 'Where the parameters sit',
    partsLede:
      'Each bar is a model, drawn to one scale from input to output. The word table holds one row of numbers for every word of the vocabulary; the head for words shares it.',
    wordTable: '{{percent}} of this model is its word table.',
    wordTableStudent:
      '{{percent}} of this student is its word table, which fewer layers make no smaller ({{layers}} is its layers).',
    bar: '{{model}}: {{parameters}} parameters, {{bytes}}. {{parts}}',
    part: {
      words: 'word table',
      places: 'positions',
      attention: 'attention',
      feedForward: 'feed-forward',
      head: 'head',
    },
    layerPart: 'layer {{layer}}, {{part}}',
    share: '{{part}} {{percent}}',
    partColumn: 'Part',
    total: 'Total',
    partsTable: 'The parts in figures',
    file: { model: 'model', layer: 'layer', part: 'part', parameters: 'parameters', bytes: 'bytes' },
    time: 'How the time grows',
    timeLede:
      'A forward pass has a fixed part, paid once however little is asked (calls, and work that is too small to fill the machine), and a part that grows with the text. A student with fewer layers saves of both, a narrower one of the second alone.',
    measure: 'Measure how the time grows',
    measureHint: 'Pauses the run. It takes half a minute at most; models take turns in every round.',
    asking: 'The run rests while every model runs batches of several sizes, taking turns.',
    stop: 'Stop',
    batch: 'Time by sentences at once',
    batchX: 'sentences at once, of {{length}} tokens',
    length: 'Time by length',
    lengthX: 'tokens of each of {{batchSize}} sentences',
    y: 'ms for a pass',
    fit: '{{fixed}} ms once and {{slope}} ms for each sentence.',
    fixedShare: 'Of one sentence’s time {{percent}} is the fixed part.',
    noFit:
      'No straight line fits (it misses by up to {{percent}}), so that the fixed part can’t be told apart. Other work on this machine may have come between: measure again while it is at rest.',
    why: {
      fixed:
        '{{model}} has {{flops}} of the teacher’s multiplications, and takes {{one}} of its time for one sentence and {{many}} for {{batch}} at once: for one, much of the time is the fixed part, which shrinks with fewer layers but not with narrower ones.',
      grows:
        '{{model}} has {{flops}} of the teacher’s multiplications, and takes {{one}} of its time for one sentence and {{many}} for {{batch}} at once.',
    },
    points: '{{model}}: {{points}}',
    point: '{{ms}} ms for {{x}}',
    lines:
      'Each line is the straight line with the least relative errors; where it meets the left edge is the fixed part.',
    dots: 'Dots are medians of {{runs}} passes or more, bars the middle half of them.',
    joined: 'The lines here only join the dots.',
    lengthLines:
      'Attention compares each token with each other one, so that its part grows with the square of the length.',
    leftOut: 'Left out, since they would have taken too long: {{sizes}}.',
    size: '{{batchSize}} × {{length}} tokens',
    timeTable: 'The times in figures',
    timeFile: {
      model: 'model',
      batchSize: 'sentences at once',
      length: 'tokens each',
      ms: 'median ms',
      low: 'middle half from, ms',
      high: 'middle half to, ms',
      runs: 'passes',
    },
  },
} as const;

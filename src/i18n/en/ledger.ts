/** The gradient ledger: what each loss gives to a student's gradient, layer by layer. */
export const ledger = {
  title: 'Gradient ledger',
  lede: 'Every loss pulls the student’s numbers somewhere: that is its gradient. Here they are told apart, layer by layer: which loss pulls how hard, and whether they pull the same way.',
  keep: 'Keep the ledger',
  every: 'Look every',
  steps_one: '{{count, number}} step',
  steps_other: '{{count, number}} steps',
  atMost: 'At most',
  ofTime: '{{share}} of the time',
  cost: {
    ahead:
      'It is off until you switch it on, since it costs time: one more pass forward and back for each loss of each student, on the batch of the next step. The run itself stays the same, to the last bit.',
    took: 'Looked at step {{step, number}}, which took {{took}} for all students.',
    closed: 'It is off now: the figures stay as they were.',
    unknown:
      'What share of the time that is shows while the run plays; it looks more rarely where it would be over {{share}}.',
    share_one: 'Every step, at the present pace: {{share}} of the run’s time.',
    share_other: 'Every {{count, number}} steps, at the present pace: {{share}} of the run’s time.',
    widened:
      'Looking as often as you chose would take more than {{most}} of the time, so it looks more rarely: after {{count, number}} steps last, {{share}} of the run’s time at the present pace.',
  },
  off: 'Switched on, it looks at once, also at a run that rests or is done.',
  opening: 'The run is being opened: the figures come with it.',
  waiting: 'It is looked for the first time: the figures come in a moment.',
  oneTerm:
    'This student learns by one loss, {{term}}: all of its gradient is that loss’s, and there is nothing to tell apart. Choose another student, or give this one a second loss under Objective.',
  noTerm: 'This student is not in what was looked at last: the figures come with the next look.',
  layer: 'layer {{layer}}',
  part: {
    all: 'whole student',
    embeddings: 'embeddings',
    head: 'head',
    beside: 'projections',
  },
  inPart: {
    all: 'the whole student',
    embeddings: 'the embeddings',
    head: 'the head',
    beside: 'the projections',
  },
  shares: {
    title: 'How hard each loss pulls',
    part: 'Part',
    left: 'left',
    note: 'Length of the gradient of weight × loss, as a share of all lengths in that row. It says how hard a loss pulls, not where to.',
    leftNote:
      'Lengths do not add up: “left” is the length of the gradient of the sum, as a share of the lengths taken one by one. 100 % where all pull the same way, less where they cancel each other.',
    choose: 'Press a part to see its losses against each other, and over time.',
  },
  cosines: {
    title: 'Do they pull together? {{part}}',
    sum: 'all',
    together: 'together',
    across: 'right angles',
    against: 'against',
    least: {
      together: 'In {{part}} all pull together, {{one}} and {{other}} least of all ({{cosine}}).',
      across:
        'In {{part}} none pulls against another; {{one}} and {{other}} go at right angles ({{cosine}}): neither helps the other, neither harms it.',
      against:
        'In {{part}} {{one}} and {{other}} pull against each other ({{cosine}}): a step for one undoes some of the other.',
    },
    note: 'Cosine of the angle between two gradients: 1 the same way, 0 at right angles, −1 the opposite way; within ±{{bound}} it counts as right angles. “all” is the gradient of the weighted sum: what the step follows.',
  },
  overTime: {
    of: 'What the chart shows',
    shares: 'shares',
    cosines: 'cosines',
    share: 'Shares over time: {{part}}',
    cosine: 'Cosines over time: {{part}}',
    chart: '{{title}}. {{lines, list}}',
    line: '{{terms}}: {{from}} at step {{first, number}}, {{to}} at step {{last, number}}',
    note: 'One batch a look, so that neighbouring points differ by chance too. A line begins where a loss gets a weight, and breaks off where that goes to 0.',
  },
  read: {
    title: 'How to read it',
    adam: 'AdamW divides what it gets, number by number, by how large that usually is, and clipping shortens all of it alike. A loss with half of the gradient’s length therefore need not make half of the step.',
    tied: 'The word embeddings are the output matrix too: what the predictions ask of it counts as embeddings, not as head.',
    reach: 'A loss has no share, “–”, in what lies above all that it reads.',
    batch:
      'It is the gradient of the step that comes next: its batch, its masks, its dropout, before clipping and with the weights of that moment.',
    life: 'The ledger lives as long as the page: a reload begins another.',
  },
  file: {
    part: 'part',
    term: 'loss',
    norm: 'gradient norm',
    share: 'share',
    sum: 'norm of the sum',
    left: 'left',
    with: 'with',
    cosine: 'cosine',
    step: 'step',
    terms: 'losses',
  },
} as const;

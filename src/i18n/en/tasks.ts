/** What tasks, their labels and their figures are called, and what is said of a person's own rows. */
export const tasks = {
  task: {
    feelings: { name: 'Feelings', question: 'What does the writer feel?' },
    topics: { name: 'Topics', question: 'What is the sentence about?' },
    same: { name: 'Same meaning', question: 'Does B say what A says?' },
    follows: { name: 'Follows', question: 'If A is true, must B be true?' },
    acceptable: { name: 'Acceptable', question: 'Is this a sentence of good English?' },
  },
  label: {
    feelings: {
      happy: 'happy',
      sad: 'sad',
      angry: 'angry',
      afraid: 'afraid',
      surprised: 'surprised',
      calm: 'calm',
    },
    topics: {
      animals: 'animals',
      food: 'food',
      sports: 'sports',
      music: 'music',
      weather: 'weather',
      school: 'school',
      travel: 'travel',
      health: 'health',
      home: 'home',
      science: 'science',
    },
    same: { different: 'different', same: 'same' },
    follows: { yes: 'yes', maybe: 'maybe', no: 'no' },
    acceptable: { unacceptable: 'wrong', acceptable: 'acceptable' },
  },
  metric: {
    accuracy: { name: 'Accuracy', meaning: 'Share of the held-out rows whose label is right.' },
    matthews: {
      name: 'Matthews correlation',
      meaning:
        '1 where every label is right, 0 for guessing, whatever the classes’ shares. GLUE’s CoLA uses it.',
    },
    f1: {
      name: 'F1',
      meaning:
        'The harmonic mean of precision and recall of a label; the mean over labels, so that rare ones count alike.',
    },
  },
  rows: {
    format: {
      tab: 'Tabs (TSV)',
      comma: 'Commas (CSV)',
      semicolon: 'Semicolons (CSV)',
      bar: 'Bars',
      jsonLines: 'JSON Lines',
    },
    leftOut: {
      ragged_one: '{{count}} line with another number of columns',
      ragged_other: '{{count}} lines with another number of columns',
      notJson_one: '{{count}} line that is no JSON object',
      notJson_other: '{{count}} lines that are no JSON objects',
      emptyText_one: '{{count}} row without text',
      emptyText_other: '{{count}} rows without text',
      noLabel_one: '{{count}} row without a label',
      noLabel_other: '{{count}} rows without a label',
      duplicate_one: '{{count}} row that was there before',
      duplicate_other: '{{count}} rows that were there before',
      contradictory_one: '{{count}} row whose text stands under several labels',
      contradictory_other: '{{count}} rows whose text stands under several labels',
      lonelyLabel_one: '{{count}} row that is the only one of its label',
      lonelyLabel_other: '{{count}} rows that are the only ones of their labels',
    },
    cut_one: '{{count}} row is longer than the model’s positions and will be cut.',
    cut_other: '{{count}} rows are longer than the model’s positions and will be cut.',
  },
} as const;

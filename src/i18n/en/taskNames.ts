/** What bundled tasks, their labels and their figures are called; panels and dialogs both say it. */
export const taskNames = {
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
} as const;

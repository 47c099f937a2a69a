/** The lens on conventions: one loss as programs for distillation write it down. */
export const conventions = {
  lede: 'One row of the teacher’s logits and one of a student’s, through the soft loss of five programs. They agree on the idea, and differ in what is summed, averaged and multiplied: a weight that suits one is wrong for the next.',
  rows: {
    label: 'Logits of',
    probe: 'the page’s masked word',
    text: 'the page’s text',
    lab: 'the softmax lab',
    classes: 'five made-up classes',
  },
  waiting:
    'The curves appear when a teacher and a student have answered. Five made-up classes are there at once.',
  all: 'All of them divide both rows by T, and take the mean over rows, of which there is one here. Weights beside the loss are left at 1.',
  value: {
    title: 'Value of the loss',
    chart: 'Value of the loss against T, by convention',
    note: 'Values of different conventions can’t be compared: cross-entropy never falls below the teacher’s entropy, and a mean over words is V times smaller.',
  },
  norm: {
    title: 'Length of its gradient, ‖g‖',
    chart: 'Length of the gradient against T, by convention',
    note: 'The gradient is what trains. Programs on one curve here train alike, whatever their values say.',
  },
  table: 'Conventions of programs, with their figures at the present T',
  head: {
    program: 'Program, and what it computes at T = {{value}}',
    value: 'value',
    norm: '‖g‖',
    ratio: '÷ Hugging Face’s',
  },
  words: 'number of words, or of classes',
  defaultT: 'T\u00a0=\u00a0{{value}} where nothing is said.',
  differs: {
    distilbert:
      'KL, summed over words, its mean over rows (“batchmean”), times T². This is L_ce on this page.',
    torchdistill: 'The same, as long as labels stand beside it with a weight above 0.',
    keras:
      'The same on probabilities, of which those below 10⁻⁷ are first raised to that: at a low T it parts from the others, since such words are not pulled at all.',
    textbrewer:
      'Cross-entropy instead of KL: larger by the teacher’s entropy, with KL’s own gradient. No T², so that it fades as 1/T².',
    torchdistillAlone: 'Where α is 0, or there are no labels, it returns the KL alone: no T², and no β.',
    kerasBefore: 'The example of its pages had no T² at first; an issue of 2022 asks for it.',
    tinybert: 'Cross-entropy, averaged over words too (“mean”): V times smaller. No T².',
    textbrewerSquared:
      'Squared differences of the logits, averaged over words. T does nothing here but divide by T².',
  },
} as const;

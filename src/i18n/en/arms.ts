/** Parts of an arm's name. */
export const arms = {
  distilled: 'distilled',
  noTeacher: 'no teacher',
  hardLabels: 'hard labels',
  randomStart: 'random start',
  shuffled: 'shuffled teacher',
  maskedOnly: 'masked tokens only',
  temperature: 'T = {{value}}',
  depth: 'depth {{value}}',
  width: 'width {{value}}',
  heads: 'heads {{value}}',
  feedForward: 'feed-forward {{value}}',
  number: 'no. {{value}}',
  with: 'with {{term}}',
  without: 'no {{term}}',
  weights: 'weights {{text}}',
  copied: 'blocks {{text}}',
} as const;

/** The dialog that forks a run. */
export const fork = {
  title: 'Fork at step {{step}}',
  lede: 'What would have happened if? A copy of a student goes its own way from step {{step}} on, with one thing changed. Up to there both are one; from there on they see the same batches, and so do all others.',
  of: 'Copy of',
  what: 'Change',
  number: 'From {{value, number}} to',
  choice: 'From “{{value}}” to',
  temperatureMeaning: 'At which T the fork’s soft targets are made, from its first update of its own.',
  weightMeaning: '{{meaning}} A weight of 0 takes it out of the fork’s objective.',
  unchanged: 'Change the value: without a change the fork would be the same student twice.',
  called:
    'The fork is called “{{name}}”. The link says where it comes from, so that whoever opens it gets the same fork.',
  there: 'The state of step {{step}} is kept: the fork begins there at once.',
  near_one: 'The state of step {{from}} is kept: {{count}} step is done again first.',
  near_other: 'The state of step {{from}} is kept: {{count, number}} steps are done again first.',
  gone_one: 'No state before step {{step}} is kept any more: its {{count}} step is done again first.',
  gone_other:
    'No state before step {{step}} is kept any more: all {{count, number}} steps are done again first, from step 0.',
  takes: 'That takes about {{duration}}.',
  anew_one:
    'The run goes back to step {{step}}. The {{count}} step after it is trained again, beside the fork, to the same result.',
  anew_other:
    'The run goes back to step {{step}}. The {{count, number}} steps after it are trained again, beside the fork, to the same result.',
  moved_one: '{{count}} number that was moved after step {{step}} is as it was then.',
  moved_other: '{{count, number}} numbers that were moved after step {{step}} are as they were then.',
  train: 'Fork and train on',
  rest: 'Fork and rest',
} as const;

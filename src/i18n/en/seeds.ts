/** Runs of one experiment that differ in their seed, and what they say together. */
export const seeds = {
  begun: '{{seeds}} seeds, {{processes}} at a time.',
  done: 'Seed {{seed}} is done after {{seconds}} s ({{done}} of {{seeds}}).',
  failed: 'Seed {{seed}} failed after {{seconds}} s ({{done}} of {{seeds}}): {{message}}',
  endedBy: 'its process was ended ({{reason}})',
  notAResult: 'its process printed something else than the result of seed {{seed}}',
  someFailed: 'No result of seed {{failed}}: what is said holds for the others.',
  allFailed: 'No seed gave a result. Mend what is said above, and try again.',
  title: '{{steps}} steps, {{backend}}, seeds {{seeds}}. Held-out masked words, means with 95 % intervals:',
  titleOfTask:
    '{{steps}} steps, {{backend}}, seeds {{seeds}}. Held-out rows of {{task}}, means with 95 % intervals:',
  stage: 'Stage {{stage}} of {{stages}}:',
  accuracy: 'accuracy',
  matthews: 'Matthews’ correlation',
  f1: 'F1',
  klToTeacher: 'KL to the teacher',
  klUnit: 'KL to the teacher (nats)',
  withInterval: '{{value}} ({{low}} to {{high}})',
  better: '“{{arm}}” is better than “{{against}}” in {{metric}}: {{difference}} ({{low}} to {{high}}).',
  worse: '“{{arm}}” is worse than “{{against}}” in {{metric}}: {{difference}} ({{low}} to {{high}}).',
  cantTell:
    'Whether “{{arm}}” is better than “{{against}}” in {{metric}} can’t be told: {{difference}} ({{low}} to {{high}}).',
  cantTellFromOne:
    'Whether “{{arm}}” is better than “{{against}}” in {{metric}} can’t be told from one seed: {{difference}}.',
  cantTellFromSame:
    'Whether “{{arm}}” is better than “{{against}}” in {{metric}} can’t be told: every seed gave the same difference, {{difference}}, which says nothing of what chance does.',
  cantTellWithout:
    'Whether “{{arm}}” is better than “{{against}}” in {{metric}} can’t be told: not every seed has that figure.',
  method:
    'Differences are paired by seed (paired t-test, two-sided). Of tables like this one at most 5 % hold a false “better” or “worse” anywhere (Holm); the interval beside a verdict is that of its test, 95 % or wider.',
} as const;

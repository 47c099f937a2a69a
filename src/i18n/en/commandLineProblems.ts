/** What happened, and what to do, where only the command line says it. */
export const commandLineProblems = {
  seedAndSeeds: {
    title: 'There are both --seed and --seeds',
    text: 'Write --seed for a single run, or --seeds for several that are compared.',
  },
  severalExperiments: {
    title: 'There is more than one experiment',
    text: '--preset, --link and --experiment each name one. Write one of them.',
  },
  presetUnknown: {
    title: 'There is no preset “{{preset}}”',
    text: 'There are {{known}}. npm run distill -- --list says what each is about.',
  },
  linkWithoutExperiment: {
    title: '“{{link}}” in --link is no link to an experiment',
    text: 'Copy one from the page’s menu Share, and put it between quotes; its part from ?preset= on will do.',
  },
  linkFaulty: {
    title: 'The link is not as it should be',
    text: 'What can’t be used: {{faults}}. The page would do without it and say so; here nothing is run that was not asked for. Correct the link.',
  },
  experimentUnreadable: {
    title: 'The experiment can’t be read',
    text: 'There is no file “{{file}}” that can be read. Check its path.',
  },
  experimentTooLarge: {
    title: 'The file is too large for an experiment',
    text: '“{{file}}” has {{bytes, number}} bytes; the limit is {{most, number}}. Write the experiment alone, without the run.',
  },
  experimentNotJson: {
    title: 'The experiment is no JSON',
    text: '“{{file}}” can’t be read as JSON: {{reason}}. Correct it there.',
  },
  textOnlyInBrowser: {
    title: 'The experiment’s text is kept in a browser',
    text: '“{{name}}” can’t be had here. Run it in the page where the text was added, or write --set text.kind=bundled --set text.id=stories.',
  },
  rowsOnlyInBrowser: {
    title: 'The experiment’s rows are kept in a browser',
    text: '“{{name}}” can’t be had here. Name their file with --rows FILE, or a bundled task with --task feelings.',
  },
  teacherOnlyInBrowser: {
    title: 'The experiment’s teacher is kept in a browser',
    text: '“{{name}}” can’t be had here. Run it in the page where the teacher was trained, or write --set teacher.kind=bundled --set teacher.id=stories-4x128.',
  },
  settingWithoutValue: {
    title: '“{{setting}}” in --set has no value',
    text: 'Write a path and its value, such as --set arms.0.temperature=4.',
  },
  settingUnknown: {
    title: 'There is no “{{part}}” in {{path}}',
    text: 'In its place --set takes {{known}}.',
  },
  settingNotOneValue: {
    title: '{{path}} holds several values',
    text: 'Name the one that is to change: {{known}}.',
  },
  settingNoNumber: {
    title: '{{path}} can’t be “{{value}}”',
    text: 'It takes a number from {{min}} to {{max}}.',
  },
  settingNotWhole: {
    title: '{{path}} can’t be “{{value}}”',
    text: 'It takes a whole number from {{min}} to {{max}}.',
  },
  settingNoOption: {
    title: '{{path}} can’t be “{{value}}”',
    text: 'It takes {{known}}.',
  },
  settingNoList: {
    title: '{{path}} can’t be “{{value}}”',
    text: 'It takes numbers with commas between them, such as 2,4, within their range.',
  },
  settingUnfit: {
    title: '{{path}} can’t be “{{value}}”',
    text: 'Open the experiment in the page, change it there, and compare the link that Share gives.',
  },
} as const;

/** What the command line says, and no page does. */
export const commandLine = {
  presets: 'Presets, for --preset:',
  tasks: 'Tasks, for --task, with their labels and what they are measured by:',
  task: '{{labels}}. Texts in a row: {{texts}}. Measured by {{metric}}.',
  methods: 'Methods, with their papers and terms, for --set arms.0.weights.TERM=WEIGHT:',
} as const;

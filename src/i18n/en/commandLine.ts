/** What the command line says, and no page does. */
export const commandLine = {
  presets: 'Presets, for --preset:',
  methods: 'Methods, with their papers and terms, for --set arms.0.weights.TERM=WEIGHT:',
} as const;

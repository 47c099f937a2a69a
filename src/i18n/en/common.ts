export const common = {
  teacher: 'teacher',
  /** Things side by side, without an "and". */
  list: '{{items, list(type: unit)}}',
  nats: '{{value}} nats',
  fillScreen: 'Let {{panel}} fill the screen',
  leaveFullScreen: 'Back to all panels (Escape)',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  computed: { open: 'What is exactly computed?', title: 'What is exactly computed' },
  figure: {
    save: 'Save this figure: {{title}}',
    hint: 'Save this figure',
    svg: 'Picture that scales (SVG)',
    png: 'Picture in dots (PNG)',
    csv: 'Numbers (CSV)',
    failed: 'It could not be saved. Try again.',
    /** In small print below a saved figure. */
    print: 'Stillroom · {{experiment}} · seed {{seed}} · step {{step}}',
  },
  speed: 'How fast is this?',
  paper: '{{authors}} ({{year}}): {{title}}.',
} as const;

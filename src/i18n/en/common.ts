export const common = {
  teacher: 'teacher',
  /** Things side by side, without an "and". */
  list: '{{items, list(type: unit)}}',
  untaught_one:
    'No loss of this stage reads what “{{names, list}}” answers: it is compared inside alone, so that figures of its answers say little here.',
  untaught_other:
    'No loss of this stage reads what {{names, list}} answer: they are compared inside alone, so that figures of their answers say little here.',
  taughtLater: 'Stage {{number}} teaches it.',
  nats: '{{value}} nats',
  fillScreen: 'Let {{panel}} fill the screen',
  leaveFullScreen: 'Back to all panels (Escape)',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  computed: { open: 'What is exactly computed?', title: 'What is exactly computed' },
  conventions: 'The same loss in other programs',
  microscope: 'Look closer, at every T',
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

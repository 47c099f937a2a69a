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
  conventions: 'The same loss in other programs',
  microscope: 'Look closer, at every T',
  speed: 'How fast is this?',
  paper: '{{authors}} ({{year}}): {{title}}.',
} as const;

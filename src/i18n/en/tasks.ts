/** What is said of a person's own rows; the names of tasks are in `taskNames.ts`. */
export const tasks = {
  rows: {
    format: {
      tab: 'Tabs (TSV)',
      comma: 'Commas (CSV)',
      semicolon: 'Semicolons (CSV)',
      bar: 'Bars',
      jsonLines: 'JSON Lines',
    },
    leftOut: {
      ragged_one: '{{count}} line with another number of columns',
      ragged_other: '{{count}} lines with another number of columns',
      notJson_one: '{{count}} line that is no JSON object',
      notJson_other: '{{count}} lines that are no JSON objects',
      emptyText_one: '{{count}} row without text',
      emptyText_other: '{{count}} rows without text',
      noLabel_one: '{{count}} row without a label',
      noLabel_other: '{{count}} rows without a label',
      duplicate_one: '{{count}} row that was there before',
      duplicate_other: '{{count}} rows that were there before',
      contradictory_one: '{{count}} row whose text stands under several labels',
      contradictory_other: '{{count}} rows whose text stands under several labels',
      lonelyLabel_one: '{{count}} row that is the only one of its label',
      lonelyLabel_other: '{{count}} rows that are the only ones of their labels',
    },
    cut_one: '{{count}} row is longer than the model’s positions and will be cut.',
    cut_other: '{{count}} rows are longer than the model’s positions and will be cut.',
  },
} as const;

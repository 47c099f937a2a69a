/** What the papers report, beside which our tables stand. Scores are GLUE's, in per cent. */
import type { ModelName } from './jobs';

export interface PaperTable {
  source: string;
  /** The first one is what the others are measured against. */
  rows: readonly { model: ModelName; score: number }[];
}

/** DistilBERT (Sanh et al. 2019, arXiv:1910.01108) and TinyBERT (Jiao et al. 2020, arXiv:1909.10351). */
export const modelTables: readonly PaperTable[] = [
  {
    source: 'DistilBERT, table 1, dev',
    rows: [
      { model: 'teacher', score: 79.5 },
      { model: 'distilbert', score: 77.0 },
    ],
  },
  {
    source:
      'TinyBERT, table 1, test, of four layers (BERT-tiny is the student that was pre-trained without a teacher)',
    rows: [
      { model: 'teacher', score: 79.5 },
      { model: 'pretrained', score: 70.2 },
      { model: 'pkd', score: 72.6 },
      { model: 'distilbert', score: 71.9 },
      { model: 'tinybert', score: 77.0 },
    ],
  },
];

export const ablationTables: readonly PaperTable[] = [
  {
    source: 'TinyBERT, table 2, mean of MNLI-m, MNLI-mm, MRPC and CoLA, dev',
    rows: [
      { model: 'tinybert', score: 75.6 },
      { model: 'tinybert-no-general', score: 72.5 },
      { model: 'tinybert-no-task', score: 68.5 },
      { model: 'tinybert-no-augmentation', score: 68.4 },
    ],
  },
  {
    source: 'table 3, the same',
    rows: [
      { model: 'tinybert', score: 75.6 },
      { model: 'tinybert-no-embd', score: 74.1 },
      { model: 'tinybert-no-pred', score: 73.5 },
      { model: 'tinybert-no-trm', score: 56.3 },
      { model: 'tinybert-no-attn', score: 71.0 },
      { model: 'tinybert-no-hidn', score: 72.9 },
    ],
  },
  {
    source: 'table 4, the same',
    rows: [
      { model: 'tinybert-uniform', score: 75.6 },
      { model: 'tinybert-top', score: 70.9 },
      { model: 'tinybert-bottom', score: 71.3 },
    ],
  },
  {
    // The paper gives differences; the score that they are taken from is table 1's.
    source: 'DistilBERT, table 4, dev',
    rows: [
      { model: 'distilbert', score: 77.0 },
      { model: 'distilbert-no-ce', score: 77.0 - 2.96 },
      { model: 'distilbert-no-cos', score: 77.0 - 1.46 },
      { model: 'distilbert-no-mlm', score: 77.0 - 0.31 },
      { model: 'distilbert-random', score: 77.0 - 3.69 },
    ],
  },
];

/** Pairs of which the papers have the first ahead on average, and where. */
export const paperOrderings: readonly [above: ModelName, below: ModelName, where: string][] = [
  ['teacher', 'distilbert', 'DistilBERT, table 1'],
  ['distilbert', 'distilbert-no-mlm', 'DistilBERT, table 4'],
  ['distilbert-no-mlm', 'distilbert-no-cos', 'DistilBERT, table 4'],
  ['distilbert-no-cos', 'distilbert-no-ce', 'DistilBERT, table 4'],
  ['distilbert-no-ce', 'distilbert-random', 'DistilBERT, table 4'],
  ['teacher', 'tinybert', 'TinyBERT, table 1'],
  ['tinybert', 'pkd', 'TinyBERT, table 1'],
  ['tinybert', 'distilbert', 'TinyBERT, table 1'],
  ['pkd', 'distilbert', 'TinyBERT, table 1'],
  ['distilbert', 'pretrained', 'TinyBERT, table 1'],
  ['tinybert', 'pretrained', 'TinyBERT, table 1'],
  ['tinybert', 'scratch', 'the same student, labels alone'],
  ['tinybert', 'tinybert-no-general', 'TinyBERT, table 2'],
  ['tinybert-no-general', 'tinybert-no-task', 'TinyBERT, table 2'],
  ['tinybert-no-task', 'tinybert-no-augmentation', 'TinyBERT, table 2'],
  ['tinybert', 'tinybert-no-embd', 'TinyBERT, table 3'],
  ['tinybert-no-embd', 'tinybert-no-pred', 'TinyBERT, table 3'],
  ['tinybert-no-pred', 'tinybert-no-hidn', 'TinyBERT, table 3'],
  ['tinybert-no-hidn', 'tinybert-no-attn', 'TinyBERT, table 3'],
  ['tinybert-no-attn', 'tinybert-no-trm', 'TinyBERT, table 3'],
  ['tinybert-uniform', 'tinybert-bottom', 'TinyBERT, table 4'],
  ['tinybert-bottom', 'tinybert-top', 'TinyBERT, table 4'],
];

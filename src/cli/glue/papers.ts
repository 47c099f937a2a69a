/** What the papers report, for their tables beside ours. Scores are GLUE's, in per cent. */
import type { ModelName } from './jobs';

export interface PaperTable {
  /** Where it stands. */
  source: string;
  rows: { name: string; model: ModelName | null; score: number; parameters?: string }[];
}

/** DistilBERT (Sanh et al. 2019, arXiv:1910.01108), tables 1 and 4: GLUE dev; the ablation's scores from its differences. */
export const distilbertTables: readonly PaperTable[] = [
  {
    source: 'DistilBERT, table 1 (GLUE dev)',
    rows: [
      { name: 'BERT-base', model: 'teacher', score: 79.5, parameters: '110 M' },
      { name: 'DistilBERT', model: 'distilbert', score: 77.0, parameters: '66 M' },
    ],
  },
  {
    source: 'DistilBERT, table 4 (change in GLUE dev)',
    rows: [
      { name: 'without L_ce', model: 'distilbert-no-ce', score: -2.96 },
      { name: 'without L_cos', model: 'distilbert-no-cos', score: -1.46 },
      { name: 'without L_mlm', model: 'distilbert-no-mlm', score: -0.31 },
      { name: 'random start', model: 'distilbert-random', score: -3.69 },
    ],
  },
];

/** TinyBERT (Jiao et al. 2020, arXiv:1909.10351), tables 1 to 4: GLUE test, and GLUE dev of four tasks in the ablations. */
export const tinybertTables: readonly PaperTable[] = [
  {
    source: 'TinyBERT, table 1 (GLUE test)',
    rows: [
      { name: 'BERT-base', model: 'teacher', score: 79.5, parameters: '109 M' },
      { name: 'BERT-tiny', model: 'pretrained', score: 70.2, parameters: '14.5 M' },
      { name: 'BERT4-PKD', model: 'pkd', score: 72.6, parameters: '52.2 M' },
      { name: 'DistilBERT4', model: 'distilbert', score: 71.9, parameters: '52.2 M' },
      { name: 'TinyBERT4', model: 'tinybert', score: 77.0, parameters: '14.5 M' },
    ],
  },
  {
    source: 'TinyBERT, tables 2 to 4 (mean of MNLI-m, MNLI-mm, MRPC and CoLA, dev)',
    rows: [
      { name: 'TinyBERT4', model: 'tinybert', score: 75.6 },
      { name: 'without general distillation', model: 'tinybert-no-general', score: 72.5 },
      { name: 'without task distillation', model: 'tinybert-no-task', score: 68.5 },
      { name: 'without augmentation', model: 'tinybert-no-augmentation', score: 68.4 },
      { name: 'without L_embd', model: 'tinybert-no-embd', score: 74.1 },
      { name: 'without L_pred', model: 'tinybert-no-pred', score: 73.5 },
      { name: 'without L_attn and L_hidn', model: 'tinybert-no-trm', score: 56.3 },
      { name: 'without L_attn', model: 'tinybert-no-attn', score: 71.0 },
      { name: 'without L_hidn', model: 'tinybert-no-hidn', score: 72.9 },
      { name: 'uniform', model: 'tinybert-uniform', score: 75.6 },
      { name: 'top', model: 'tinybert-top', score: 70.9 },
      { name: 'bottom', model: 'tinybert-bottom', score: 71.3 },
    ],
  },
];

/** Pairs of which the papers have the first ahead on average. */
export const paperOrderings: readonly [above: ModelName, below: ModelName, paper: string][] = [
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
  ['tinybert', 'scratch', 'the same student on labels alone'],
  ['tinybert', 'pretrained', 'TinyBERT, table 1'],
  ['tinybert', 'tinybert-no-general', 'TinyBERT, table 2'],
  ['tinybert-no-general', 'tinybert-no-task', 'TinyBERT, table 2'],
  ['tinybert-no-general', 'tinybert-no-augmentation', 'TinyBERT, table 2'],
  ['tinybert', 'tinybert-no-embd', 'TinyBERT, table 3'],
  ['tinybert-no-embd', 'tinybert-no-pred', 'TinyBERT, table 3'],
  ['tinybert-no-pred', 'tinybert-no-hidn', 'TinyBERT, table 3'],
  ['tinybert-no-hidn', 'tinybert-no-attn', 'TinyBERT, table 3'],
  ['tinybert-no-attn', 'tinybert-no-trm', 'TinyBERT, table 3'],
  ['tinybert-uniform', 'tinybert-bottom', 'TinyBERT, table 4'],
  ['tinybert-bottom', 'tinybert-top', 'TinyBERT, table 4'],
];

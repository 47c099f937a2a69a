/** The models of golden/hub.json: small ones of each class of `transformers`, with tokenizers of each kind. */
import { headOf } from '../../src/config/heads';
import type { TeacherShape } from '../../src/config/teachers';
import { specialTokenList, tokenizerJson } from '../../src/data/tokenizerJson';
import { trainWordPiece } from '../../src/data/wordPieceTrainer';
import type { ModelToSave } from '../../src/interop/hub/modelFiles';
import { parameterShapes } from '../../src/model/parameterNames';
import { drawnWeights } from './drawn';

const english = [
  'The cat sat on the mat, and the dog sat on the cat.',
  'A cat can’t read; a dog can’t read either.',
  'She sat in a café and read the paper.',
];
const mixed = [
  '한국어 문장을 읽는다. Ein schöner Tag in Köln, école à Paris.',
  'ฉันรักแมว และแมวรักฉัน 한국어 문장',
  '猫は本を読む。 한국어 Köln',
];

/** As BERT's own: normaliser and cutting by its flags alone. */
function bertTokenizer(lowercase: boolean) {
  const pieces = 'the cat dog sat on mat a can t read she in cafe café paper . , ; ##s ##e ##é The Cat 猫';
  const own = tokenizerJson([...specialTokenList, ...pieces.split(' ')], true);
  const normalizer = {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: lowercase ? null : false,
    lowercase,
  };
  return { ...own, normalizer, pre_tokenizer: { type: 'BertPreTokenizer' } };
}

interface Case {
  tokenizer: unknown;
  tokenTypes: boolean;
  classes?: string[];
  /** Sentences with one [MASK], or texts, or pairs of them. */
  inputs: string[][];
}

const words = [['The [MASK] sat on the mats.'], ['She can’t read a CAFÉ paper; [MASK] 猫'], ['[MASK]']];
const texts = [['The cat sat on the mats.'], ['A café, 猫 and Zürich']];
const pairs = [
  ['The cat sat.', 'The dog sat on the mat.'],
  ['She can’t read', 'Café'],
];
const others = [
  ['한국어 [MASK]을 읽는다, schöner Köln'],
  ['ฉันรัก[MASK] École\u200bParis'],
  [`${'Köln'.repeat(30)} [MASK] 猫`],
];

export const cases: Record<string, Case> = {
  'BERT for words': { tokenizer: bertTokenizer(true), tokenTypes: true, inputs: words },
  'BERT for words, cased': { tokenizer: bertTokenizer(false), tokenTypes: true, inputs: words },
  'BERT for pairs': {
    tokenizer: bertTokenizer(true),
    tokenTypes: true,
    classes: ['yes', 'maybe', 'no'],
    inputs: pairs,
  },
  'BERT for pairs on a tokenizer of its own': {
    tokenizer: trainWordPiece(english, 60),
    tokenTypes: true,
    classes: ['different', 'same'],
    inputs: pairs,
  },
  'DistilBERT for words': { tokenizer: bertTokenizer(true), tokenTypes: false, inputs: words },
  'DistilBERT for words on a tokenizer of its own': {
    tokenizer: trainWordPiece(english, 60),
    tokenTypes: false,
    inputs: words,
  },
  'DistilBERT for words of other scripts': {
    tokenizer: trainWordPiece(mixed, 90),
    tokenTypes: false,
    inputs: others,
  },
  'DistilBERT for texts': {
    tokenizer: bertTokenizer(true),
    tokenTypes: false,
    classes: ['glad “so”', 'traurig\\ärgerlich', '3'],
    inputs: texts,
  },
};

/** The model of a case, its weights drawn by its place in the list. */
export function modelOf(name: string): ModelToSave {
  const { tokenizer, tokenTypes, classes } = cases[name];
  const { vocab } = (tokenizer as ReturnType<typeof tokenizerJson>).model;
  const shape: TeacherShape = {
    layers: 2,
    hiddenSize: 12,
    heads: 3,
    intermediateSize: 20,
    tokenTypes,
    vocabularySize: Object.keys(vocab).length,
    maxPositions: 48,
  };
  const shapes = parameterShapes(shape, headOf(classes));
  const weights = drawnWeights(shapes, 1 + Object.keys(cases).indexOf(name));
  const parameters = Object.fromEntries([...weights].map(([key, { data }]) => [key, data]));
  return { shape, parameters, classes, tokenizer };
}

/**
 * What is taken from a `tokenizer.json`, checked before anything is built from it. Strangers' files are bounded: their
 * regular expressions are not run, and a vocabulary has a largest size. What would change the result and is not
 * computed here is refused by name.
 */
import { ProblemError } from '../config/problems';
import { continuingPrefix, longestWord, ownPatterns, type SpecialIds, specialTokens } from './tokenizerJson';

/** Sizes of a vocabulary and its parts; multilingual BERT has 119,547 tokens. */
export const tokenizerBounds = {
  tokens: 262_144,
  /** UTF-16 units of one token, and of all together. */
  tokenLength: 200,
  totalLength: 8_388_608,
  addedTokens: 1000,
  addedLength: 100,
  /** Normalisers or pre-tokenizers in a row. */
  steps: 16,
  longestWord: 1000,
};

export interface AddedToken {
  content: string;
  id: number;
  /** True where it is looked for after normalising. */
  normalised: boolean;
}

/** How a text becomes words; the two configurations are made here, of known parts only. */
export interface WordCutting {
  normalizer: object | null;
  pre_tokenizer: object;
  /** True where a normaliser sets Chinese characters apart. */
  setsIdeographsApart: boolean;
}

export interface TokenizerFile {
  /** Token strings by id, [V], added ones included. */
  vocabulary: string[];
  special: SpecialIds;
  added: AddedToken[];
  cutting: WordCutting;
  /** Characters. */
  longestWord: number;
}

type Json = Record<string, unknown>;

/** @throws ProblemError weightsMalformed */
export function readTokenizerFile(json: unknown): TokenizerFile {
  const file = objectOf(json, 'it');
  const model = objectOf(file.model, 'model');
  expect(model.type === 'WordPiece', `model.type is ${shown(model.type)}, not WordPiece`);
  expect(model.unk_token === specialTokens.unk, `model.unk_token is ${shown(model.unk_token)}`);
  expect(
    model.continuing_subword_prefix === continuingPrefix,
    `model.continuing_subword_prefix is ${shown(model.continuing_subword_prefix)}`,
  );
  const longest = model.max_input_chars_per_word ?? longestWord;
  expect(
    isWhole(longest) && longest >= 1 && longest <= tokenizerBounds.longestWord,
    `model.max_input_chars_per_word is ${shown(longest)}`,
  );
  const decoder = objectOf(file.decoder, 'decoder');
  expect(
    decoder.type === 'WordPiece' && decoder.prefix === continuingPrefix,
    `decoder is ${shown(decoder.type)}`,
  );
  const cutting = cuttingOf(file);
  const added = addedOf(file.added_tokens);
  const vocabulary = vocabularyOf(objectOf(model.vocab, 'model.vocab'), added);
  return { vocabulary, special: specialsOf(vocabulary), added, cutting, longestWord: longest as number };
}

/** How many ids the vocabulary of a parsed `tokenizer.json` has; the same errors. */
export const vocabularySizeOf = (json: unknown): number => readTokenizerFile(json).vocabulary.length;

function addedOf(json: unknown): AddedToken[] {
  expect(Array.isArray(json), 'added_tokens is no list');
  const list = json as unknown[];
  expect(list.length <= tokenizerBounds.addedTokens, `it has ${list.length} added tokens`);
  // Also over holes, which `map` would pass.
  return Array.from(list, (entry) => {
    const { content, id, normalized, special, single_word } = objectOf(entry, 'an added token');
    expect(typeof content === 'string' && content !== '', `an added token is ${shown(content)}`);
    const text = content as string;
    expect(
      text.length <= tokenizerBounds.addedLength && !/\s/.test(text),
      `the added token ${shown(text)} is too long or holds a blank`,
    );
    expect(isId(id), `the added token ${shown(text)} has the id ${shown(id)}`);
    expect(!single_word, `the added token ${shown(text)} stands for single words only`);
    return { content: text, id: id as number, normalised: Boolean(normalized ?? !special) };
  });
}

function vocabularyOf(vocab: Json, added: readonly AddedToken[]): string[] {
  const tokens = Object.keys(vocab);
  const { tokens: most, tokenLength, totalLength } = tokenizerBounds;
  if (tokens.length > most) malformed(`its vocabulary has ${tokens.length} tokens`);
  const vocabulary = new Array<string | undefined>(tokens.length + added.length).fill(undefined);
  let length = 0;
  const take = (token: string, id: number) => {
    if (id >= vocabulary.length) malformed(`id ${id} leaves a gap`);
    const before = vocabulary[id];
    if (before !== undefined && before !== token) malformed(`id ${id} has two tokens`);
    vocabulary[id] = token;
  };
  for (const token of tokens) {
    const id = vocab[token];
    length += token.length;
    if (token.length > tokenLength) malformed(`the token ${shown(token)} is too long`);
    if (length > totalLength) malformed('its vocabulary is too long');
    if (!isId(id)) malformed(`the token ${shown(token)} has the id ${shown(id)}`);
    take(token, id);
  }
  for (const { content, id } of added) take(content, id);
  while (vocabulary.length > 0 && vocabulary.at(-1) === undefined) vocabulary.pop();
  const gap = vocabulary.indexOf(undefined);
  if (gap >= 0) malformed(`id ${gap} has no token`);
  return vocabulary as string[];
}

function specialsOf(vocabulary: readonly string[]): SpecialIds {
  const idOf = (token: string) => {
    const id = vocabulary.indexOf(token);
    expect(id >= 0, `${token} is missing`);
    return id;
  };
  return {
    pad: idOf(specialTokens.pad),
    unk: idOf(specialTokens.unk),
    cls: idOf(specialTokens.cls),
    sep: idOf(specialTokens.sep),
    mask: idOf(specialTokens.mask),
  };
}

function cuttingOf({ normalizer, pre_tokenizer }: Json): WordCutting {
  const normalizers = normalizer == null ? [] : stepsOf(normalizer, 'normalizers').map(normalizerOf);
  const steps = stepsOf(pre_tokenizer, 'pretokenizers').map(preTokenizerOf);
  expect(
    ['BertPreTokenizer', 'WhitespaceSplit'].includes(steps[0].type),
    `its first pre-tokenizer is ${steps[0].type}, which does not cut at white space`,
  );
  return {
    normalizer: normalizers.length === 0 ? null : { type: 'Sequence', normalizers },
    pre_tokenizer: { type: 'Sequence', pretokenizers: steps },
    setsIdeographsApart: normalizers.some(
      (step) => 'handle_chinese_chars' in step && step.handle_chinese_chars,
    ),
  };
}

/** The steps of a sequence, or the only one. */
function stepsOf(json: unknown, key: 'normalizers' | 'pretokenizers'): Json[] {
  const first = objectOf(json, key);
  if (first.type !== 'Sequence') return [first];
  expect(Array.isArray(first[key]), `${key} is no list`);
  const list = first[key] as unknown[];
  expect(list.length >= 1 && list.length <= tokenizerBounds.steps, `it has ${list.length} ${key} in a row`);
  return Array.from(list, (step) => objectOf(step, key));
}

function normalizerOf(step: Json): { type: string; handle_chinese_chars?: boolean } {
  const type = String(step.type).slice(0, 40);
  switch (type) {
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
    case 'Lowercase':
      return { type };
    case 'BertNormalizer': {
      const { clean_text, handle_chinese_chars, strip_accents = null, lowercase } = step;
      for (const flag of [clean_text, handle_chinese_chars, lowercase, strip_accents ?? false]) {
        expect(typeof flag === 'boolean', `BertNormalizer holds ${shown(flag)}`);
      }
      return { type, clean_text, handle_chinese_chars, strip_accents, lowercase } as ReturnType<
        typeof normalizerOf
      >;
    }
    case 'Replace': {
      const pattern = literalOf(step, type);
      const { content } = step;
      expect(
        typeof content === 'string' && content.length <= tokenizerBounds.addedLength,
        `Replace puts ${shown(content)}`,
      );
      return { type, pattern: { String: pattern }, content } as { type: string };
    }
    default:
      return malformed(`the normaliser ${shown(type)} is not known`);
  }
}

function preTokenizerOf(step: Json): { type: string } {
  const type = String(step.type).slice(0, 40);
  switch (type) {
    case 'BertPreTokenizer':
    case 'WhitespaceSplit':
      return { type };
    case 'Split': {
      const { behavior } = step;
      expect(
        (behavior === 'Isolated' || behavior === 'Removed') && !step.invert,
        `Split has the behaviour ${shown(behavior)}`,
      );
      const regex = (step.pattern as Json | null)?.Regex;
      const own = Object.values(ownPatterns).find((pattern) => pattern === regex);
      const pattern = own ? { Regex: own } : { String: literalOf(step, type) };
      return { type, pattern, behavior, invert: false } as { type: string };
    }
    default:
      return malformed(`the pre-tokenizer ${shown(type)} is not known`);
  }
}

/** A pattern that is a plain string without white space; foreign regular expressions are not run. */
function literalOf(step: Json, type: string): string {
  const literal = objectOf(step.pattern, `the pattern of ${type}`).String;
  expect(
    typeof literal === 'string' &&
      literal !== '' &&
      literal.length <= tokenizerBounds.addedLength &&
      !/\s/.test(literal),
    `${type} has a pattern that is no short, plain string`,
  );
  return literal as string;
}

function objectOf(json: unknown, name: string): Json {
  expect(typeof json === 'object' && json !== null && !Array.isArray(json), `${name} is ${shown(json)}`);
  return json as Json;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isId = (value: unknown): value is number =>
  isWhole(value) && value >= 0 && value < tokenizerBounds.tokens + tokenizerBounds.addedTokens;

/** A value as far as a message needs it. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.slice(0, 40)}”`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value).slice(0, 40);
}

function expect(holds: boolean, reason: string): void {
  if (!holds) malformed(reason);
}

function malformed(reason: string): never {
  throw new ProblemError('weightsMalformed', { file: 'tokenizer.json', reason });
}

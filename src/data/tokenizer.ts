/** WordPiece from a Hugging Face `tokenizer.json`, run by `@huggingface/tokenizers`. */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { ProblemError } from '../config/problems';
import { z } from '../config/zod';

export interface SpecialIds {
  pad: number;
  unk: number;
  cls: number;
  sep: number;
  mask: number;
}

export interface TokenPiece {
  token: string;
  id: number;
  /** True for a piece that continues a word (`##`). */
  continues: boolean;
}

/** What masking and batches need to know of a tokenizer. */
export interface TokenizerFacts {
  /** Token strings by id, [V]. */
  vocabulary: readonly string[];
  special: SpecialIds;
}

export interface Tokenizer extends TokenizerFacts {
  /** Ids of a text, without [CLS] and [SEP]; a written [MASK] is the mask's id. */
  encode(text: string): number[];
  /** The pieces behind `encode`. */
  tokens(text: string): TokenPiece[];
  /** The text of ids, special tokens left out. */
  decode(ids: readonly number[]): string;
  /** Words, as the normaliser leaves them, that the vocabulary can't spell; each once, in order. */
  unknownWords(text: string): string[];
}

export const specialTokens = {
  pad: '[PAD]',
  unk: '[UNK]',
  cls: '[CLS]',
  sep: '[SEP]',
  mask: '[MASK]',
} as const satisfies Record<keyof SpecialIds, string>;

export const continuingPrefix = '##';

const tokenizerSchema = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.number().int().min(0), content: z.string() })),
  model: z.looseObject({
    type: z.literal('WordPiece'),
    unk_token: z.literal(specialTokens.unk),
    continuing_subword_prefix: z.literal(continuingPrefix),
    vocab: z.record(z.string(), z.number().int().min(0)),
  }),
});

/**
 * @param json the parsed `tokenizer.json`
 * @throws ProblemError weightsMalformed where it is not a WordPiece tokenizer with BERT's five special tokens and
 * ids from 0 without a gap
 */
export function createTokenizer(json: unknown): Tokenizer {
  const library = open(json);
  const vocabulary = vocabularyOf(library);
  const idOf = (token: string) => library.token_to_id(token) ?? malformed(`${token} is missing`);
  const special: SpecialIds = {
    pad: idOf(specialTokens.pad),
    unk: idOf(specialTokens.unk),
    cls: idOf(specialTokens.cls),
    sep: idOf(specialTokens.sep),
    mask: idOf(specialTokens.mask),
  };
  const encode = (text: string) => library.encode(text, { add_special_tokens: false }).ids;
  return {
    vocabulary,
    special,
    encode,
    tokens: (text) =>
      encode(text).map((id) => ({
        token: vocabulary[id],
        id,
        continues: vocabulary[id].startsWith(continuingPrefix),
      })),
    decode: (ids) => (ids.length === 0 ? '' : library.decode([...ids], { skip_special_tokens: true })),
    unknownWords: (text) => {
      const words = Object.values(specialTokens).reduce((rest, token) => rest.replaceAll(token, ' '), text);
      const unknown = wordsOf(library, words).filter((word) => encode(word).includes(special.unk));
      return [...new Set(unknown)];
    },
  };
}

/** Words of a text as the tokenizer normalises and cuts them, before they become pieces. */
export function wordsOf(library: LibraryTokenizer, text: string): string[] {
  const normalised = library.normalizer?.normalize(text) ?? text;
  return library.pre_tokenizer?.pre_tokenize(normalised) ?? normalised.split(/\s+/).filter(Boolean);
}

function open(json: unknown): LibraryTokenizer {
  const parsed = tokenizerSchema.safeParse(json);
  if (!parsed.success) malformed(z.prettifyError(parsed.error), parsed.error);
  try {
    return new LibraryTokenizer(parsed.data, {});
  } catch (error) {
    malformed(error instanceof Error ? error.message : String(error), error);
  }
}

function vocabularyOf(library: LibraryTokenizer): string[] {
  const vocabulary: string[] = [];
  for (const [token, id] of library.get_vocab()) vocabulary[id] = token;
  for (let id = 0; id < vocabulary.length; id++) {
    if (vocabulary[id] === undefined) malformed(`id ${id} has no token`);
  }
  return vocabulary;
}

function malformed(reason: string, cause?: unknown): never {
  throw new ProblemError('weightsMalformed', { file: 'tokenizer.json', reason }, { cause });
}

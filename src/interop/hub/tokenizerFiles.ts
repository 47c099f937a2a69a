/** A tokenizer as the files that `AutoTokenizer` of `transformers` (4 and 5) and transformers.js read it from. */

/** `tokenizer.json`, as far as it is looked at here; it has been read by `data/tokenizerFile.ts`. */
interface TokenizerJson {
  normalizer?: Step | null;
  pre_tokenizer?: Step | null;
  post_processor?: { type?: unknown; single?: unknown; pair?: unknown } | null;
  added_tokens?: { id: number; content: string; lstrip?: boolean; rstrip?: boolean; normalized?: boolean }[];
  model: {
    vocab: Record<string, number>;
    unk_token?: unknown;
    continuing_subword_prefix?: unknown;
    max_input_chars_per_word?: unknown;
  };
}
interface Step {
  type?: unknown;
  clean_text?: boolean;
  handle_chinese_chars?: boolean;
  strip_accents?: boolean | null;
  lowercase?: boolean;
}

/** Roles of the special tokens, as tokenizer_config.json names them. */
const specialTokens = {
  cls_token: '[CLS]',
  sep_token: '[SEP]',
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  mask_token: '[MASK]',
};
const special = new Set(Object.values(specialTokens));

/** Token strings by id, added ones included. */
export function vocabularyOf(tokenizer: unknown): string[] {
  const { model, added_tokens = [] } = tokenizer as TokenizerJson;
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) tokens[id] = token;
  for (const { content, id } of added_tokens) tokens[id] = content;
  return tokens;
}

export interface TokenizerFilesOptions {
  /** Longest sequence. */
  maxPositions: number;
  /** Whether the model reads segment ids. */
  tokenTypes: boolean;
}

/**
 * Contents by name. `tokenizer.json` is as it was given.
 *
 * `transformers` 5 reads of a file whose class is BertTokenizer the vocabulary alone, and makes normaliser and cutting anew
 * from the flags of tokenizer_config.json (models/bert/tokenization_bert.py). So only what comes out the same that way is
 * called a BertTokenizer, and has the vocab.txt from which older programs do likewise; everything else, such as tokenizers
 * trained on a person's own text, is a PreTrainedTokenizerFast, for which tokenizer.json is read as it is.
 */
export function tokenizerFiles(
  tokenizer: unknown,
  { maxPositions, tokenTypes }: TokenizerFilesOptions,
): Record<string, string> {
  const flags = bertFlags(tokenizer as TokenizerJson);
  const config = {
    tokenizer_class: flags ? 'BertTokenizer' : 'PreTrainedTokenizerFast',
    model_max_length: maxPositions,
    model_input_names: ['input_ids', ...(tokenTypes ? ['token_type_ids'] : []), 'attention_mask'],
    ...specialTokens,
    ...flags,
  };
  return {
    'tokenizer.json': JSON.stringify(tokenizer),
    'tokenizer_config.json': pretty(config),
    ...(flags && { 'vocab.txt': `${vocabularyOf(tokenizer).join('\n')}\n` }),
  };
}

/** True where `tokenizer.json` has to be read as it is. */
export const needsOwnTokenizer = (tokenizer: unknown): boolean =>
  bertFlags(tokenizer as TokenizerJson) === null;

export const pretty = (json: unknown): string => `${JSON.stringify(json, null, 2)}\n`;

/** The flags from which a BertTokenizer comes out as this tokenizer; null where none are. */
function bertFlags({ normalizer, pre_tokenizer, post_processor, added_tokens = [], model }: TokenizerJson) {
  const isBerts =
    normalizer?.type === 'BertNormalizer' &&
    normalizer.clean_text === true &&
    pre_tokenizer?.type === 'BertPreTokenizer' &&
    model.unk_token === specialTokens.unk_token &&
    model.continuing_subword_prefix === '##' &&
    model.max_input_chars_per_word === 100 &&
    hasBertTemplate(post_processor) &&
    added_tokens.every(
      ({ content, lstrip, rstrip, normalized }) =>
        special.has(content) && model.vocab[content] !== undefined && !lstrip && !rstrip && !normalized,
    );
  // A token with a line break can't stand in vocab.txt.
  if (!isBerts || Object.keys(model.vocab).some((token) => /[\r\n]/.test(token))) return null;
  return {
    do_lower_case: normalizer.lowercase ?? true,
    strip_accents: normalizer.strip_accents ?? null,
    tokenize_chinese_chars: normalizer.handle_chinese_chars ?? true,
  };
}

/** [CLS] A [SEP], and [CLS] A [SEP] B [SEP] whose last two are of the second segment. */
function hasBertTemplate(processor: TokenizerJson['post_processor']): boolean {
  if (processor?.type === 'BertProcessing') return true;
  const token = (id: string, type_id: number) => ({ SpecialToken: { id, type_id } });
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const single = [token('[CLS]', 0), text('A', 0), token('[SEP]', 0)];
  const pair = [...single, text('B', 1), token('[SEP]', 1)];
  return (
    processor?.type === 'TemplateProcessing' &&
    JSON.stringify(processor.single) === JSON.stringify(single) &&
    JSON.stringify(processor.pair) === JSON.stringify(pair)
  );
}

/** A `tokenizer.json` in Hugging Face's form, as `transformers` and `tokenizers` read it. */
import { continuingPrefix, specialTokens } from './tokenizer';

/** Longer words become [UNK], as in BERT. */
export const longestWord = 100;

/** The special tokens in the order of their ids, 0 to 4. */
export const specialTokenList = Object.values(specialTokens);

export type TokenizerJson = ReturnType<typeof tokenizerJson>;

/**
 * @param vocabulary token strings by id; the first five are `specialTokenList`
 * @param latin true: lowercase and strip accents, as uncased BERT. False: lowercase and compose (NFC) only, since
 * BertNormalizer strips accents by decomposing, which tears Hangul apart and drops the marks of Indic scripts
 */
export function tokenizerJson(vocabulary: readonly string[], latin: boolean) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokenList.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: latin
      ? bertNormalizer(null)
      : { type: 'Sequence', normalizers: [{ type: 'NFC' }, bertNormalizer(false)] },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [piece(specialTokens.cls, 0), sequence('A', 0), piece(specialTokens.sep, 0)],
      pair: [
        piece(specialTokens.cls, 0),
        sequence('A', 0),
        piece(specialTokens.sep, 0),
        sequence('B', 1),
        piece(specialTokens.sep, 1),
      ],
      special_tokens: Object.fromEntries(
        [specialTokens.cls, specialTokens.sep].map((id) => [
          id,
          { id, ids: [vocabulary.indexOf(id)], tokens: [id] },
        ]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: continuingPrefix, cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: specialTokens.unk,
      continuing_subword_prefix: continuingPrefix,
      max_input_chars_per_word: longestWord,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}

const bertNormalizer = (stripAccents: null | false) => ({
  type: 'BertNormalizer',
  clean_text: true,
  handle_chinese_chars: true,
  strip_accents: stripAccents,
  lowercase: true,
});
const piece = (id: string, typeId: number) => ({ SpecialToken: { id, type_id: typeId } });
const sequence = (id: string, typeId: number) => ({ Sequence: { id, type_id: typeId } });

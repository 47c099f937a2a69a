/** A `tokenizer.json` in Hugging Face's form, as `transformers` and `tokenizers` read it. */

export interface SpecialIds {
  pad: number;
  unk: number;
  cls: number;
  sep: number;
  mask: number;
}

export const specialTokens = {
  pad: '[PAD]',
  unk: '[UNK]',
  cls: '[CLS]',
  sep: '[SEP]',
  mask: '[MASK]',
} as const satisfies Record<keyof SpecialIds, string>;

export const continuingPrefix = '##';

/** Longer words become [UNK], as in BERT. */
export const longestWord = 100;

/** The special tokens in the order of their ids, 0 to 4. */
export const specialTokenList = Object.values(specialTokens);

/** Where a line may break without a blank: Khmer and Thai are typed with it between words. */
const zeroWidthSpace = '\u200b';

/**
 * Scripts that put no blanks between words, as ranges of code points rather than by name, so that an engine's Unicode
 * tables don't matter: Thai, Lao, Myanmar, Tai Le, New Tai Lue, Khmer symbols, Buginese, Tai Tham, Balinese, Batak, Yi,
 * Javanese, Myanmar's extensions, Cham, Tai Viet, cuneiform, hieroglyphs, Tangut, Nushu. Chinese is cut by BERT's own
 * normaliser.
 */
const unspaced = [
  '\u0e00-\u0eff',
  '\u1000-\u109f',
  '\u1780-\u17ff',
  '\u1950-\u1aaf',
  '\u1b00-\u1b7f',
  '\u1bc0-\u1bff',
  '\ua000-\ua4cf',
  '\ua980-\ua9ff',
  '\uaa00-\uaadf',
  '\u{12000}-\u{1254f}',
  '\u{13000}-\u{1345f}',
  '\u{17000}-\u{18d8f}',
  '\u{1b170}-\u{1b2ff}',
].join('');

/**
 * Patterns by which own tokenizers cut words further, in a form that means the same to Hugging Face's tokenizers
 * (Oniguruma) and here: a letter with its marks in a script without blanks, and then at most `longestWord` characters.
 */
export const ownPatterns = { cluster: `[${unspaced}]\\p{M}*`, longWord: `.{1,${longestWord}}` };

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
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Replace', pattern: { String: zeroWidthSpace }, content: ' ' },
        ...(latin ? [bertNormalizer(null)] : [{ type: 'NFC' }, bertNormalizer(false)]),
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'BertPreTokenizer' }, ...Object.values(ownPatterns).map(isolated)],
    },
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
/** Each match is a word of its own. */
const isolated = (pattern: string) => ({
  type: 'Split',
  pattern: { Regex: pattern },
  behavior: 'Isolated',
  invert: false,
});
const piece = (id: string, typeId: number) => ({ SpecialToken: { id, type_id: typeId } });
const sequence = (id: string, typeId: number) => ({ Sequence: { id, type_id: typeId } });

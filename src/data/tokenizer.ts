/**
 * WordPiece from a Hugging Face `tokenizer.json`. `@huggingface/tokenizers` normalises and cuts into words; the pieces
 * of a word are found in `wordPiece.ts`, and what was found once is kept, since a text repeats its words.
 *
 * Where that library differs from Hugging Face's own (in Rust): Chinese characters beyond U+FFFF are set apart here
 * before it sees them. Marks, punctuation and controls that Unicode gained after its version 8 follow the engine's
 * tables here and are left as letters there; they are rare, and one and the same engine cuts them alike.
 */
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { readTokenizerFile, type WordCutting } from './tokenizerFile';
import { continuingPrefix, type SpecialIds, specialTokens } from './tokenizerJson';
import { characterCount, wordPieces } from './wordPiece';

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

/** A text in the vocabulary, and what of it was lost. */
export interface Spelling {
  ids: readonly number[];
  /** Characters (code points) of its words, as the normaliser leaves them. */
  characters: number;
  /** Those of words that became [UNK]. */
  lost: number;
}

export interface Tokenizer extends TokenizerFacts {
  /** Ids of a text, without [CLS] and [SEP]; a written [MASK] is the mask's id. */
  encode(text: string): number[];
  /** The same with the characters that were lost. */
  spell(text: string): Spelling;
  /** The pieces behind `encode`. */
  tokens(text: string): TokenPiece[];
  /** Words, as the normaliser leaves them, that the vocabulary can't spell; each once, in order. */
  unknownWords(text: string): string[];
}

/** What no normaliser or cutting of ours looks across; controls among JavaScript's white space are no space to BERT. */
const run = /[^\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
/** Runs that are kept, and their length. */
const kept = { runs: 50_000, length: 40 };

/**
 * @param json the parsed `tokenizer.json`
 * @throws ProblemError weightsMalformed where it is not a WordPiece tokenizer with BERT's five special tokens and
 * ids from 0 without a gap, or beyond the bounds of `tokenizerFile.ts`
 */
export function createTokenizer(json: unknown): Tokenizer {
  const file = readTokenizerFile(json);
  const { vocabulary, special } = file;
  const cutter = createCutter(file.cutting);
  const piecesOf = wordPieces(vocabulary, special.unk, file.longestWord);
  const added = { raw: new Map<string, number>(), normalised: new Map<string, number>() };
  for (const { content, id, normalised } of file.added) {
    if (normalised) added.normalised.set(cutter.normalise(content), id);
    else added.raw.set(content, id);
  }
  const splitRaw = splitterOf(added.raw);
  const splitNormalised = splitterOf(added.normalised);

  function spellRun(text: string): Spelling {
    const ids: number[] = [];
    let characters = 0;
    let lost = 0;
    for (const section of splitRaw(text)) {
      const rawId = added.raw.get(section);
      if (rawId !== undefined) {
        ids.push(rawId);
        continue;
      }
      for (const part of splitNormalised(cutter.normalise(section))) {
        const id = added.normalised.get(part);
        if (id !== undefined) {
          ids.push(id);
          continue;
        }
        for (const word of cutter.cut(part)) {
          const pieces = piecesOf(word);
          const length = characterCount(word);
          characters += length;
          if (pieces.length === 1 && pieces[0] === special.unk) lost += length;
          for (const piece of pieces) ids.push(piece);
        }
      }
    }
    return { ids, characters, lost };
  }

  const known = new Map<string, Spelling>();
  function spellKnown(text: string): Spelling {
    let spelling = known.get(text);
    if (!spelling) {
      spelling = spellRun(text);
      if (text.length <= kept.length) {
        if (known.size >= kept.runs) known.clear();
        known.set(text, spelling);
      }
    }
    return spelling;
  }

  function spell(text: string): Spelling & { ids: number[] } {
    const ids: number[] = [];
    let characters = 0;
    let lost = 0;
    for (const word of text.match(run) ?? []) {
      const spelling = spellKnown(word);
      for (const id of spelling.ids) ids.push(id);
      characters += spelling.characters;
      lost += spelling.lost;
    }
    return { ids, characters, lost };
  }

  return {
    vocabulary,
    special,
    encode: (text) => spell(text).ids,
    spell,
    tokens: (text) =>
      spell(text).ids.map((id) => ({
        token: vocabulary[id],
        id,
        continues: vocabulary[id].startsWith(continuingPrefix),
      })),
    unknownWords: (text) => {
      const words = Object.values(specialTokens).reduce((rest, token) => rest.replaceAll(token, ' '), text);
      const unknown = cutter
        .cut(cutter.normalise(words))
        .filter((word) => piecesOf(word).includes(special.unk));
      return [...new Set(unknown)];
    },
  };
}

/** Chinese characters that the library does not set apart: those of two UTF-16 units, and those that NFC turns into such. */
const missedIdeographs =
  /[\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** Normalising and cutting into words, by the library. */
export function createCutter({ normalizer, pre_tokenizer, setsIdeographsApart }: WordCutting): {
  normalise: (text: string) => string;
  cut: (normalised: string) => string[];
} {
  const model = {
    type: 'WordPiece',
    vocab: {},
    unk_token: specialTokens.unk,
    continuing_subword_prefix: continuingPrefix,
  };
  const library = new LibraryTokenizer(
    { added_tokens: [], normalizer, pre_tokenizer, post_processor: null, decoder: null, model },
    {},
  );
  const mended = (text: string) =>
    setsIdeographsApart ? text.replace(missedIdeographs, (character) => ` ${character} `) : text;
  return {
    normalise: (text) => library.normalizer?.normalize(mended(text)) ?? text,
    cut: (normalised) => library.pre_tokenizer?.pre_tokenize(normalised) ?? [],
  };
}

/** Cuts a text so that every occurrence of a token stands alone; the longest where several begin at one place. */
function splitterOf(tokens: ReadonlyMap<string, number>): (text: string) => string[] {
  if (tokens.size === 0) return (text) => (text === '' ? [] : [text]);
  const longestFirst = [...tokens.keys()].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((token) => token.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const pattern = new RegExp(`(${escaped.join('|')})`);
  return (text) => text.split(pattern).filter((part) => part !== '');
}

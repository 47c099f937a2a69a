/** A sentence as words with the signs around them, so that a rule moves words and leaves signs where they are. */

export interface Word {
  /** Signs before and after it, such as a comma. */
  before: string;
  text: string;
  after: string;
}

const spelling = /^([^A-Za-z]*)([A-Za-z]+(?:['-][A-Za-z]+)*)([^A-Za-z]*)$/;

/** Null where something between blanks is no word, such as a number. */
export function wordsOf(sentence: string): Word[] | null {
  const words: Word[] = [];
  for (const part of sentence.split(' ')) {
    const [, before, text, after] = spelling.exec(part) ?? [];
    if (text === undefined) return null;
    words.push({ before, text, after });
  }
  return words;
}

export const sentenceOf = (words: readonly Word[]): string =>
  words.map(({ before, text, after }) => before + text + after).join(' ');

/** The words in lower case. */
export const lowerOf = (words: readonly Word[]): string[] => words.map(({ text }) => text.toLowerCase());

/** True where no sign stands between word i and the next. */
export const joins = (words: readonly Word[], i: number): boolean =>
  i >= 0 && i + 1 < words.length && words[i].after === '' && words[i + 1].before === '';

/** With another word at i, its first letter as large as before. */
export function replaced(words: readonly Word[], i: number, text: string): Word[] {
  const { before, text: old, after } = words[i];
  const large = /^[A-Z]/.test(old) && old !== 'I';
  const written = large ? text[0].toUpperCase() + text.slice(1) : text;
  return words.map((word, at) => (at === i ? { before, text: written, after } : word));
}

/** With the words at i and j exchanged. */
export const exchanged = (words: readonly Word[], i: number, j: number): Word[] =>
  words.map((word, at) => {
    if (at === i) return { ...word, text: words[j].text };
    return at === j ? { ...word, text: words[i].text } : word;
  });

/** Without the word at i, which no sign stands around. */
export const without = (words: readonly Word[], i: number): Word[] => [
  ...words.slice(0, i),
  ...words.slice(i + 1),
];

/** With the word at i twice. */
export const doubled = (words: readonly Word[], i: number): Word[] => [
  ...words.slice(0, i + 1),
  ...words.slice(i),
];

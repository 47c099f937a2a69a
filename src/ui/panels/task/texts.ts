/** The page's sentence as the two texts of a pair, which has a line break between, or as one text. */
export function parted(sentence: string, pairs: boolean): [a: string, b: string] {
  if (!pairs) return [sentence.replaceAll('\n', ' '), ''];
  const at = sentence.indexOf('\n');
  return at < 0 ? [sentence, ''] : [sentence.slice(0, at), sentence.slice(at + 1).replaceAll('\n', ' ')];
}

/** Two texts as the page's sentence. */
export const joined = (a: string, b: string) => `${a}\n${b}`;

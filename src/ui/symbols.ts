/** Symbols of the papers within sentences and names, written as in TeX: L_ce, W_h, d_k. */

const symbol = /\b[A-Za-z]_[a-z]+/g;

export interface TextPart {
  text: string;
  /** True for a symbol, to be typeset. */
  symbol: boolean;
}

/** A sentence cut into words and symbols, in order; what it says is unchanged. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(symbol)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), symbol: false });
    parts.push({ text: match[0], symbol: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), symbol: false });
  return parts;
}

/** As it is read out, and as it stands where nothing can be typeset: "no L cos". */
export const spoken = (text: string) => text.replace(symbol, (match) => match.replace('_', ' '));

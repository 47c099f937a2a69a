/** Symbols of the papers within sentences and names, written as in TeX: L_ce, W_h, d_k. */

const symbol = /\b[A-Za-z]_[A-Za-z]+/g;

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

/** The same symbol in TeX: `L_ce` is `L_\text{ce}`. */
export const texOf = (name: string) => name.replace(/_([A-Za-z]+)$/, '_\\text{$1}');

/** A symbol in TeX as it is read out: `L_\text{ce}` is "L ce", `\lambda` "lambda". */
export const spokenTex = (tex: string) =>
  tex
    .replace(/\\(?:text|mathrm|operatorname)\b/g, '')
    .replace(/[{}\\]/g, '')
    .replace(/[_^]/g, ' ')
    .trim();

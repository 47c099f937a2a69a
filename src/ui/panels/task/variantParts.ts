/** A variant of a text cut at what was exchanged. */
import type { Exchange } from '../../../config/variants';

export interface VariantPart {
  text: string;
  /** What stands here in place of another word; null for what stayed. */
  exchange: Exchange | null;
}

/** The parts in order; together they are the text. */
export function partsOfVariant(text: string, exchanges: readonly Exchange[]): VariantPart[] {
  const parts: VariantPart[] = [];
  let end = 0;
  for (const exchange of exchanges.slice().sort((a, b) => a.start - b.start)) {
    if (exchange.start > end) parts.push({ text: text.slice(end, exchange.start), exchange: null });
    parts.push({ text: exchange.to, exchange });
    end = exchange.start + exchange.to.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), exchange: null });
  return parts;
}

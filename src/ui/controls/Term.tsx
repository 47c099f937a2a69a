import { Hint } from './Hint';
import { Notation } from './Notation';

interface TermProps {
  /** Such as `L_ce` or `T^2`; see `Notation`. */
  symbol: string;
  /** What it stands for, shown on hover, focus and tap. Without it the symbol is only typeset. */
  meaning?: string;
}

/** A symbol of the papers, typeset, that says what it means where it stands. */
export function Term({ symbol, meaning }: TermProps) {
  const typeset = <Notation symbol={symbol} />;
  return meaning ? <Hint meaning={meaning}>{typeset}</Hint> : typeset;
}

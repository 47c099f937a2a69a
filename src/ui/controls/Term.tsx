import { Hint } from './Hint';
import classes from './Term.module.css';

interface TermProps {
  /** `L_ce` sets "ce" as a subscript, `T^2` sets "2" as a superscript. Letters are set in italics. */
  symbol: string;
  /** What it stands for, shown on hover, focus and tap. Without it the symbol is only typeset. */
  meaning?: string;
}

/** A symbol of the papers, typeset, that says what it means where it stands. */
export function Term({ symbol, meaning }: TermProps) {
  const parts = symbol.match(/[_^]?[^_^]+/g) ?? [];
  const typeset = (
    <span className={classes.symbol}>
      {parts.map((part) => {
        if (part.startsWith('_')) return <sub key={part}>{part.slice(1)}</sub>;
        if (part.startsWith('^')) return <sup key={part}>{part.slice(1)}</sup>;
        return <i key={part}>{part}</i>;
      })}
    </span>
  );
  return meaning ? <Hint meaning={meaning}>{typeset}</Hint> : typeset;
}

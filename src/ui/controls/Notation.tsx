import classes from './Term.module.css';

/** One symbol as the papers set it: `L_ce` sets "ce" as a subscript, `T^2` sets "2" as a superscript, letters are italics. */
export function Notation({ symbol }: { symbol: string }) {
  const parts = symbol.match(/[_^]?[^_^]+/g) ?? [];
  return (
    <span className={classes.symbol}>
      {parts.map((part) => {
        if (part.startsWith('_')) return <sub key={part}>{part.slice(1)}</sub>;
        if (part.startsWith('^')) return <sup key={part}>{part.slice(1)}</sup>;
        return <i key={part}>{part}</i>;
      })}
    </span>
  );
}

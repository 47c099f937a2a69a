import type { ReactNode } from 'react';
import classes from './Symbols.module.css';

/** Symbols with what they mean, set under a formula. */
export function Symbols({ meanings }: { meanings: [ReactNode, string][] }) {
  return (
    <dl className={classes.symbols}>
      {meanings.map(([symbol, meaning]) => (
        <div key={meaning}>
          <dt>{symbol}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

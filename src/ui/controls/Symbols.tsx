import classes from './Symbols.module.css';
import { Formula } from './Term';

/**
 * Symbols with what they mean, set under a formula.
 * @param meanings TeX and words
 */
export function Symbols({ meanings }: { meanings: [tex: string, meaning: string][] }) {
  return (
    <dl className={classes.symbols}>
      {meanings.map(([tex, meaning]) => (
        <div key={tex}>
          <dt>
            <Formula tex={tex} />
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

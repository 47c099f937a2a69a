import type { Arm } from '../../../config/experiment';
import { termsOf } from '../../../config/objective';
import { termOf } from '../../../methods/registry';
import { Term } from '../../controls/Term';
import classes from './experiment.module.css';

/** The formula of each term that has a weight. */
export function TermFormulas({ arm }: { arm: Arm }) {
  return (
    <div className={classes.layerFormulas}>
      {termsOf(arm).map((term) => (
        <p key={term}>
          <Term symbol={termOf(term).symbol} /> = {termOf(term).tex}
        </p>
      ))}
    </div>
  );
}

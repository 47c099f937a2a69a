import type { ReactNode } from 'react';
import classes from './Steady.module.css';

/** A line of words that keeps room for its longest form, so that nothing below moves when the words grow. */
export function Steady({ longest, children }: { longest: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.steady}>
      <div className={classes.room} aria-hidden="true">
        {longest}
      </div>
      <div>{children}</div>
    </div>
  );
}

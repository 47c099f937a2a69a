import classes from './Formula.module.css';

/** A formula that could not be typeset, as it was written. */
export function TexAsText({ tex }: { tex: string }) {
  return <code className={classes.tex}>{tex}</code>;
}

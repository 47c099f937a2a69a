import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { lazyChunk, useGeneration } from '../lazyChunk';
import classes from './Formula.module.css';
import { TexAsText } from './TexAsText';

export interface FormulaProps {
  /** TeX as in a paper, without dollar signs: `L_\text{ce} = T^2 \dots`. */
  tex: string;
  /** Set large, on lines of its own, which wrap after a relation and before + and −. */
  display?: boolean;
  /** In words, for screen readers; without it they read the MathML. */
  label?: string;
  /** What symbols mean, by their TeX: `{ 'z_\text{t}': 'the teacher’s logits' }`. Shown where they stand, on hover and tap, and all of them on focus. Those that are not in the formula are ignored. */
  symbols?: Readonly<Record<string, string>>;
}

const FormulaMath = lazyChunk(async () => (await import('./FormulaMath')).FormulaMath);

/**
 * A formula, typeset from TeX as MathML. What is no TeX, or can't be typeset because the chunk does not arrive, is shown
 * as it was written; the page goes on either way.
 */
export function Formula(props: FormulaProps) {
  return (
    <ErrorBoundary resetKeys={[useGeneration()]} fallback={<TexAsText tex={props.tex} />}>
      <Suspense
        fallback={
          <span className={props.display ? classes.waitingDisplay : classes.waiting} aria-busy="true" />
        }
      >
        <FormulaMath {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}

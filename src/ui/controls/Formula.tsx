import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { lazyChunk, useGeneration } from '../lazyChunk';
import classes from './Formula.module.css';
import type { FormulaProps } from './FormulaMath';
import { TexAsText } from './TexAsText';

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

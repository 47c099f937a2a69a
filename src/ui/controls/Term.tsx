import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { lazyChunk, useGeneration } from '../lazyChunk';
import formula from './Formula.module.css';
import type { FormulaProps } from './FormulaMath';
import { Hint } from './Hint';
import { Notation } from './Notation';
import { TexAsText } from './TexAsText';

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

// Here, with the page, and not in a module that only later parts use: those need nothing else that loads later.
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
          <span className={props.display ? formula.waitingDisplay : formula.waiting} aria-busy="true" />
        }
      >
        <FormulaMath {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}

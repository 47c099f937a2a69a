import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { experimentKey } from '../../store/seedRun';
import { useSeedsState } from '../../store/seedsState';
import { usePlayground } from '../../store/usePlayground';
import { useGeneration } from '../lazyChunk';

/** What several seeds say, once two are done: it loads then. Where it doesn't come the panel stands as it is. */
export function OverSeeds({ children }: { children: ReactNode }) {
  const key = usePlayground((state) => experimentKey(state.experiment));
  const isKnown = useSeedsState(
    ({ runs }) =>
      runs.filter(({ state, experiment }) => state === 'done' && experimentKey(experiment) === key).length >
      1,
  );
  const generation = useGeneration();
  if (!isKnown) return null;
  return (
    <ErrorBoundary resetKeys={[generation]} fallbackRender={() => null}>
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  );
}

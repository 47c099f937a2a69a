import { useEffect, useMemo } from 'react';
import { useSeedBands } from '../../../store/seedsState';
import { usePlayground } from '../../../store/usePlayground';
import { bandsOf, doneOf } from './summaries';
import { useRuns } from './useRuns';

/** Hands the charts their bands, for as long as it stands beside them; shows nothing itself. */
export function SeedBands() {
  const experiment = usePlayground((state) => state.experiment);
  const runs = useRuns(experiment);
  const done = useMemo(() => doneOf(runs), [runs]);
  useEffect(() => {
    useSeedBands.setState({ bands: bandsOf(experiment, done) });
    return () => useSeedBands.setState({ bands: null });
  }, [experiment, done]);
  return null;
}

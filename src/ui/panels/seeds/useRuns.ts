import { useEffect, useMemo } from 'react';
import type { Experiment } from '../../../config/experiment';
import { experimentKey, runsOf, type SeedRun } from '../../../store/seedRun';
import { readSeeds } from '../../../store/seeds';
import { useSeedsState } from '../../../store/seedsState';

/** The runs of one experiment, by seed; what is kept is read where that has not been done. Null: no experiment. */
export function useRuns(experiment: Experiment | null): SeedRun[] {
  const all = useSeedsState((state) => state.runs);
  useEffect(readSeeds, []);
  return useMemo(() => (experiment ? runsOf(all, experimentKey(experiment)) : []), [all, experiment]);
}

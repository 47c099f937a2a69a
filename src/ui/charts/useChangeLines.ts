import { useMemo } from 'react';
import { stepsOf } from '../../config/stages';
import type { PlaygroundState } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';
import { type ChangeLine, changeLines } from './changeLines';

const changesOf = (state: PlaygroundState) => state.history.changes;

/** The lines for what was changed in this run; the same ones in every chart over its steps. */
export function useChangeLines(): readonly ChangeLine[] {
  const changes = usePlayground(changesOf);
  const arms = usePlayground((state) => state.experiment.arms);
  const end = usePlayground((state) => stepsOf(state.experiment));
  return useMemo(() => changeLines(changes, arms, end), [changes, arms, end]);
}

/** The changes within `reach` steps of `step`. */
export const changesNear = (lines: readonly ChangeLine[], step: number, reach: number) =>
  lines.filter(({ from, to }) => from - reach <= step && step <= to + reach);

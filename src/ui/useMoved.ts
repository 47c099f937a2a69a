import { useState } from 'react';
import { usePlayground } from '../store/usePlayground';
import { type Moved, movedBetween } from './temperatures';
import type { TemperatureInHand } from './useTemperature';

/** What was moved last, the view or the training, since this was first shown; forgotten with the experiment. */
export function useMoved(now: TemperatureInHand): Moved {
  const preset = usePlayground((state) => state.preset);
  const arms = usePlayground((state) => state.experiment.arms);
  const experiment = `${preset} ${arms.map(({ id }) => id)}`;
  const [last, setLast] = useState({ experiment, now, moved: null as Moved });
  if (last.now === now) return last.moved;
  // Kept while rendering, as React has it for what follows from what was there before.
  const moved = last.experiment === experiment ? (movedBetween(last.now, now) ?? last.moved) : null;
  setLast({ experiment, now, moved });
  return moved;
}

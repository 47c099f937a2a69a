import { useCallback } from 'react';
import { learnsFromTeacher } from '../config/experiment';
import { usePlayground } from '../store/usePlayground';

export interface TemperatureInHand {
  /** T at which distributions are drawn; also the T of every arm that learns from the teacher, unless `viewOnly`. */
  temperature: number;
  /** Why the control changes only the drawing: the arms differ in T, or none learns from the teacher. */
  viewOnly: 'sweep' | 'noTeacher' | null;
  setTemperature: (temperature: number) => void;
}

/**
 * The temperature that the bar across the page holds. Where all arms that learn from the teacher share one T, it
 * is theirs. Where they differ in T (a sweep), one control can't speak for them: they keep theirs, and it sets only
 * the T at which distributions are drawn.
 */
export function useTemperature(): TemperatureInHand {
  const arms = usePlayground((state) => state.experiment.arms);
  const viewed = usePlayground((state) => state.view.temperature);
  const actions = usePlayground((state) => state.actions);
  const distilled = arms.filter(learnsFromTeacher);
  const first = distilled[0] ?? arms[0];
  const sweep = distilled.some(({ temperature }) => temperature !== first.temperature);
  const viewOnly = sweep ? 'sweep' : distilled.length === 0 ? 'noTeacher' : null;
  const setTemperature = useCallback(
    (temperature: number) =>
      viewOnly ? actions.setView({ temperature }) : actions.setTemperature(temperature),
    [actions, viewOnly],
  );
  return {
    temperature: viewOnly ? (viewed ?? first.temperature) : first.temperature,
    viewOnly,
    setTemperature,
  };
}

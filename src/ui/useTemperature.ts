import { useMemo } from 'react';
import { presentStage } from '../store/stage';
import { usePlayground } from '../store/usePlayground';
import { type Temperatures, temperaturesOf } from './temperatures';

export interface TemperatureInHand extends Temperatures {
  /** Acts on the drawing at once. The T that students train at means: follow that again. */
  lookAt: (temperature: number) => void;
  /** Acts on the next step, for every arm that learns from the teacher. */
  trainAt: (temperature: number) => void;
  /** Trains at the T that is looked at, and lets the view follow from then on. */
  trainAtView: () => void;
  /** Looks at the T that is trained at, and follows it from then on. */
  lookAtTraining: () => void;
}

/**
 * Both temperatures of the page, and ways to move either. Moving one never moves the other, but that the view
 * follows the training until someone looks at another T.
 */
export function useTemperature(): TemperatureInHand {
  const arms = usePlayground((state) => presentStage(state).arms);
  const viewed = usePlayground((state) => state.view.temperature);
  const runState = usePlayground((state) => state.status.state);
  const { setView, setTemperature } = usePlayground((state) => state.actions);
  return useMemo(() => {
    const temperatures = temperaturesOf(arms, viewed, runState);
    const { view, first, canTrain } = temperatures;
    const lookAt = (temperature: number) =>
      setView({ temperature: temperature === first ? null : temperature });
    const trainAt = (temperature: number) => {
      if (canTrain) setTemperature(temperature);
    };
    return {
      ...temperatures,
      lookAt,
      trainAt,
      trainAtView: () => {
        trainAt(view);
        if (canTrain) setView({ temperature: null });
      },
      lookAtTraining: () => setView({ temperature: null }),
    };
  }, [arms, viewed, runState, setView, setTemperature]);
}

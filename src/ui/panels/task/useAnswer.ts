import { useCallback, useEffect, useState } from 'react';
import { type Problem, problemOf } from '../../../config/problems';

/**
 * What is asked of the models when a view opens. Whoever closes it does not wait for the answer: `stop` is called then.
 * @param ask and `stop` are the same functions for as long as the same is asked
 */
export function useAnswer<T>(ask: () => Promise<T>, stop: () => void) {
  const [state, setState] = useState<{ answer: T | null; problem: Problem | null }>({
    answer: null,
    problem: null,
  });
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks the same again
  useEffect(() => {
    let current = true;
    let waits = true;
    setState({ answer: null, problem: null });
    ask()
      .then(
        (answer) => current && setState({ answer, problem: null }),
        (error: unknown) => current && setState({ answer: null, problem: problemOf(error) }),
      )
      .finally(() => {
        waits = false;
      });
    return () => {
      current = false;
      if (waits) stop();
    };
  }, [ask, stop, tries]);
  const again = useCallback(() => setTries((before) => before + 1), []);
  return { ...state, again };
}

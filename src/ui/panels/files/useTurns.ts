import { useRef, useState } from 'react';
import { type Problem, problemOf } from '../../../config/problems';

/** Work that a newer one makes uninteresting: what came of it, or what went wrong, counts for the latest alone. */
export function useTurns() {
  const turn = useRef(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    setProblem,
    /** @param work asked whether it is still wanted before it goes on */
    attempt: async <T>(work: (isWanted: () => boolean) => Promise<T>, onDone: (result: T) => void) => {
      const own = ++turn.current;
      setBusy(true);
      setProblem(null);
      try {
        const result = await work(() => own === turn.current);
        if (own === turn.current) onDone(result);
      } catch (error) {
        if (own === turn.current) setProblem(problemOf(error));
      } finally {
        if (own === turn.current) setBusy(false);
      }
    },
    /** What is under way is of no interest any more. */
    giveUp: () => {
      turn.current += 1;
      setBusy(false);
    },
  };
}

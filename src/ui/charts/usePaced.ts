import { useEffect, useState } from 'react';
import type { PlaygroundState } from '../../store/state';
import { usePlayground } from '../../store/usePlayground';

/**
 * A part of the state that changes many times a second, taken over at most once in `pause` milliseconds and never
 * late at the end. The component renders only then. `select` is defined outside of components.
 */
export function usePaced<T>(select: (state: PlaygroundState) => T, pause: number): T {
  const [value, setValue] = useState(() => select(usePlayground.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = Number.NEGATIVE_INFINITY;
    const take = () => {
      timer = null;
      last = performance.now();
      setValue(() => select(usePlayground.getState()));
    };
    take();
    const unsubscribe = usePlayground.subscribe((state, before) => {
      if (timer !== null || select(state) === select(before)) return;
      timer = setTimeout(take, Math.max(0, last + pause - performance.now()));
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [select, pause]);
  return value;
}

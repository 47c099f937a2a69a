import { useEffect, useState } from 'react';
import type { Probe } from '../../../protocol/messages';
import { shownProbe } from '../../../store/shown';
import { usePlayground } from '../../../store/usePlayground';

/**
 * The probe that is shown, at most once in `every` milliseconds. Subscribes to the store by itself, so that probes in
 * between don't even render; the last one of a burst always arrives.
 */
export function useSteadyProbe(every: number): Probe | null {
  const [probe, setProbe] = useState(() => shownProbe(usePlayground.getState()));
  useEffect(() => {
    let timer: number | undefined;
    let shown: Probe | null | undefined;
    const show = () => {
      timer = undefined;
      const latest = shownProbe(usePlayground.getState());
      if (latest === shown) return;
      shown = latest;
      setProbe(latest);
      timer = window.setTimeout(show, every);
    };
    show();
    const unsubscribe = usePlayground.subscribe(() => {
      if (timer === undefined) show();
    });
    return () => {
      unsubscribe();
      window.clearTimeout(timer);
    };
  }, [every]);
  return probe;
}

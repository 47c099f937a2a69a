import { useEffect, useState } from 'react';

/** Whole seconds since `value` last changed, while `running`; 0 otherwise. */
export function useSecondsSince(value: unknown, running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value begins anew
  useEffect(() => {
    setSeconds(0);
    if (!running) return;
    const since = Date.now();
    const timer = window.setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1000)), 1000);
    return () => window.clearInterval(timer);
  }, [value, running]);
  return seconds;
}

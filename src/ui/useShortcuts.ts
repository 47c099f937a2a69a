import { useEffect } from 'react';
import { useDraftStore } from '../store/useDraftStore';
import { usePlayground } from '../store/usePlayground';

/** Elements that use keys themselves: while one has the focus, keys are theirs. */
const usesKeys =
  'input, textarea, select, button, a, summary, [contenteditable], [role="slider"], [role="dialog"], [role="menu"], [role="grid"]';

/** Space plays and pauses; S and the full stop do one step. Not while a field or a button has the focus. */
export function useShortcuts() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(usesKeys)) return;
      const { phase, status, actions } = usePlayground.getState();
      if (phase !== 'ready') return;
      if (event.key === ' ') {
        event.preventDefault();
        if (event.repeat) return;
        if (status.state === 'playing') actions.pause();
        else if (status.state === 'paused') useDraftStore.getState().play();
      } else if ((event.key === '.' || event.key.toLowerCase() === 's') && status.state !== 'finished') {
        actions.step();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

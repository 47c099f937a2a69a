import { useEffect } from 'react';
import { usePlayground } from '../store/usePlayground';
import { playOrPause, stepOnce } from './playOrPause';

/** Elements that use keys themselves: while one has the focus, keys are theirs. */
const usesKeys =
  'input, textarea, select, button, a, summary, [contenteditable], [role="slider"], [role="dialog"], [role="menu"], [role="grid"]';
/** Elements that take letters as text or as a choice. A button or a slider leaves them alone. */
const usesLetters =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="grid"], [role="listbox"]';

/** True where a key is the page's own: nothing that has the focus uses it, and no other key is held with it. */
const isFree = (event: KeyboardEvent, taken: string) =>
  !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) &&
  !(event.target instanceof Element && event.target.closest(taken));

/** Space plays and pauses; S and the full stop do one step. Not while a field or a button has the focus. */
export function useShortcuts() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isFree(event, usesKeys) || usePlayground.getState().phase !== 'ready') return;
      if (event.key === ' ') {
        event.preventDefault();
        if (!event.repeat) playOrPause();
      } else if (event.key === '.' || event.key.toLowerCase() === 's') stepOnce();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** Calls `act` when a letter is pressed anywhere but in a field. */
export function useLetter(letter: string, act: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === letter && !event.repeat && isFree(event, usesLetters)) act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [letter, act]);
}

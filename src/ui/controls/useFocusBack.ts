import { useEffect } from 'react';

/**
 * Gives the focus back to whatever had it before, once the component goes. Mantine's Modal does so only where it
 * stays mounted while it is closed; our dialogs are there only while they are open.
 */
export function useFocusBack() {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}

import { useDraftStore } from '../store/useDraftStore';
import { usePlayground } from '../store/usePlayground';

/** What the button, Space and any other way to play or pause do. Changes that are not applied are asked about first. */
export function playOrPause() {
  const { status, actions } = usePlayground.getState();
  if (status.state === 'playing') void actions.pause();
  else if (status.state === 'paused') useDraftStore.getState().play();
}

/** One update, then a pause: the same place for a single step. */
export function stepOnce() {
  const { status, actions } = usePlayground.getState();
  if (status.state !== 'finished') actions.step();
}

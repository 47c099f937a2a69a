import { type PointerEvent, type RefObject, useRef } from 'react';

/** A finger that goes further sideways drags; one that goes up or down scrolls. In CSS pixels. */
const dragAfter = 6;

/**
 * Pointer handlers of a track that is dragged along. A mouse moves it at once; a finger once it is lifted or goes sideways,
 * since it may have come to scroll.
 * @param move takes the place on the track, 0 to 1
 */
export function useTimelinePointer(track: RefObject<HTMLElement | null>, move: (share: number) => void) {
  const hold = useRef<{ pointer: number; startX: number; dragging: boolean } | null>(null);
  const moveTo = (x: number) => {
    const box = track.current?.getBoundingClientRect();
    if (box && box.width > 0) move(Math.min(1, Math.max(0, (x - box.left) / box.width)));
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || hold.current) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const dragging = event.pointerType !== 'touch';
      hold.current = { pointer: event.pointerId, startX: event.clientX, dragging };
      if (dragging) moveTo(event.clientX);
    },
    onPointerMove: ({ pointerId, clientX }: PointerEvent<HTMLElement>) => {
      const held = hold.current;
      if (held?.pointer !== pointerId) return;
      held.dragging ||= Math.abs(clientX - held.startX) > dragAfter;
      if (held.dragging) moveTo(clientX);
    },
    onPointerUp: ({ pointerId, clientX }: PointerEvent<HTMLElement>) => {
      const held = hold.current;
      if (held?.pointer !== pointerId) return;
      hold.current = null;
      if (!held.dragging) moveTo(clientX);
    },
    onPointerCancel: () => {
      hold.current = null;
    },
  };
}

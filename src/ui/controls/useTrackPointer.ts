import { type PointerEvent, type RefObject, type TouchEvent, useRef } from 'react';
import { placeOf, temperatureAt } from '../temperatureSteps';

/** A mark is meant within this distance, in CSS pixels. */
const snapWithin = 7;
/** A press that goes further is a drag, in CSS pixels; a finger that goes up or down scrolls. */
const dragAfter = { mouse: 3, touch: 6 };

interface Hold {
  pointer: number;
  /** From the pointer to the middle of what it holds, in CSS pixels, so that nothing jumps when it is taken hold of. */
  offset: number;
  startX: number;
  /** T of the mark that was pressed, if it was one. */
  mark: number | null;
  touch: boolean;
  dragging: boolean;
}

/**
 * Pointer handlers of a scale of T, or of a handle on it. Handles follow what holds them; the scale takes its handle
 * to where it is pressed, exactly to a mark on or near which that is. A finger on the scale moves it once it is
 * lifted or goes sideways, since it may have come to scroll.
 *
 * @param run the element whose width is the scale from 0.25 to 16
 * @param move takes the new T
 * @param handle gets the focus
 * @param own the handle's own T, where the handlers are the handle's
 */
export function useTrackPointer(
  run: RefObject<HTMLElement | null>,
  move: (temperature: number) => void,
  handle: RefObject<HTMLElement | null>,
  own?: number,
) {
  const hold = useRef<Hold | null>(null);
  const ofScale = own === undefined;

  const moveTo = (x: number) => {
    const box = run.current?.getBoundingClientRect();
    if (box && box.width > 0) move(temperatureAt((x - box.left) / box.width, snapWithin / box.width));
  };
  const press = ({ mark, startX }: Hold) => (mark === null ? moveTo(startX) : move(mark));
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const box = run.current?.getBoundingClientRect();
      if (event.button !== 0 || hold.current || !box) return;
      event.stopPropagation();
      // Neither selects text nor takes the focus to the page.
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      handle.current?.focus({ preventScroll: true });
      const { target, clientX, pointerId, pointerType } = event;
      const mark = target instanceof HTMLElement ? target.dataset.temperature : undefined;
      hold.current = {
        pointer: pointerId,
        offset: ofScale ? 0 : box.left + placeOf(own) * box.width - clientX,
        startX: clientX,
        mark: mark ? Number(mark) : null,
        touch: pointerType === 'touch',
        dragging: false,
      };
      if (ofScale && !hold.current.touch) press(hold.current);
    },
    onPointerMove: ({ pointerId, clientX }: PointerEvent<HTMLElement>) => {
      const held = hold.current;
      if (held?.pointer !== pointerId) return;
      held.dragging ||= Math.abs(clientX - held.startX) > dragAfter[held.touch ? 'touch' : 'mouse'];
      if (held.dragging) moveTo(clientX + held.offset);
    },
    onPointerUp: ({ pointerId }: PointerEvent<HTMLElement>) => {
      const held = hold.current;
      if (held?.pointer !== pointerId) return;
      hold.current = null;
      if (ofScale && held.touch && !held.dragging) press(held);
    },
    onPointerCancel: () => {
      hold.current = null;
    },
    // A touch has been answered: no click follows it, which would meet whatever has come under the finger since.
    onTouchEnd: (event: TouchEvent) => {
      if (event.cancelable) event.preventDefault();
    },
  };
}

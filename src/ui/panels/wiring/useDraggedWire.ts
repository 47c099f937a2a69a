import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react';
import { type BoardGeometry, jointOf, sourceAt, sourceByKey } from './boardGeometry';

/** A wire that is being moved: where it would be. */
export interface DraggedWire {
  level: number;
  source: number;
}

/**
 * Handlers of the joints on a board, by level: a wire follows the pointer and is moved when that lets go; keys move it at
 * once.
 * @param board the element whose upper left corner the geometry counts from
 */
export function useDraggedWire(
  board: RefObject<HTMLElement | null>,
  geometry: BoardGeometry,
  { levels, layers }: { levels: number; layers: number },
  move: (level: number, source: number) => void,
) {
  const [dragged, setDragged] = useState<DraggedWire | null>(null);
  // From the pointer to the joint, so that nothing jumps when it is taken hold of.
  const hold = useRef<{ pointer: number; offset: number } | null>(null);
  const end = () => {
    hold.current = null;
    setDragged(null);
  };
  /** @param source that the wire leads to until it is let go */
  const handlers = (level: number, source: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const box = board.current?.getBoundingClientRect();
      if (event.button !== 0 || hold.current || !box) return;
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.focus({ preventScroll: true });
      const { x } = jointOf(geometry, levels, level, source);
      hold.current = { pointer: event.pointerId, offset: x - (event.clientX - box.left) };
      setDragged({ level, source });
    },
    onPointerMove: ({ pointerId, clientX }: PointerEvent<HTMLElement>) => {
      const box = board.current?.getBoundingClientRect();
      if (hold.current?.pointer !== pointerId || !box) return;
      const x = clientX - box.left + hold.current.offset;
      setDragged({ level, source: sourceAt(geometry, x, layers) });
    },
    onPointerUp: ({ pointerId }: PointerEvent<HTMLElement>) => {
      if (hold.current?.pointer !== pointerId) return;
      if (dragged && dragged.source !== source) move(level, dragged.source);
      end();
    },
    onPointerCancel: end,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = sourceByKey(event.key, source, layers);
      if (next === null) return;
      event.preventDefault();
      if (next !== source) move(level, next);
    },
  });
  return { dragged, handlers };
}

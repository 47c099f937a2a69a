import { useEffect, useRef, useState } from 'react';

/**
 * The width of an element's content, in CSS pixels; 0 before it is known. Mantine's hook does the same, but comes with the
 * panels, and a part that loads later needs nothing else that does.
 */
export function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.floor(contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

/** What the parts of the page's frame know of each other: how high what sticks to the top is, and what it hides. */
import { type RefObject, useEffect } from 'react';
import { create } from 'zustand';

interface PageFrame {
  /** Height of the transport, in CSS pixels. */
  transportHeight: number;
  /** True while the temperature bar can be seen whole. */
  temperatureInSight: boolean;
}

export const usePageFrame = create<PageFrame>()(() => ({ transportHeight: 0, temperatureInSight: true }));

/** Reports the height of the element that sticks to the top. */
export function useReportHeight(element: RefObject<HTMLElement | null>) {
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([{ target }]) => {
      const transportHeight = (target as HTMLElement).offsetHeight;
      usePageFrame.setState({ transportHeight });
      // For style sheets: what is scrolled to stands below it.
      document.documentElement.style.setProperty('--transport', `${transportHeight}px`);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
}

/** Reports whether the temperature bar can be seen below what sticks to the top. */
export function useReportInSight(element: RefObject<HTMLElement | null>) {
  const transportHeight = usePageFrame((state) => state.transportHeight);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(
      (entries) =>
        usePageFrame.setState({ temperatureInSight: (entries.at(-1)?.intersectionRatio ?? 0) > 0.5 }),
      { rootMargin: `-${transportHeight}px 0px 0px 0px`, threshold: [0, 0.5, 1] },
    );
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      usePageFrame.setState({ temperatureInSight: false });
    };
  }, [element, transportHeight]);
}

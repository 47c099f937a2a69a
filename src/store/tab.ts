/** This tab, as its saved runs are named, and how the page got here. */

const key = 'stillroom-tab';

/** A name that a reload keeps and a new tab doesn't share; where the browser keeps nothing, a new one each time. */
export function tabName(): string {
  try {
    const known = sessionStorage.getItem(key);
    if (known) return known;
    const name = newName();
    sessionStorage.setItem(key, name);
    return name;
  } catch {
    return newName();
  }
}

const newName = () => `tab-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;

/** True after a reload, or after coming back to the page, rather than by a link. */
export function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}

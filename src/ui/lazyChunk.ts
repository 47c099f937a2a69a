/** Parts of the page that load when they are first shown. Unlike React's `lazy`, one that failed can be asked for again. */
import { type ComponentType, createElement, type FunctionComponent, use, useSyncExternalStore } from 'react';
import { importAgain } from '../util/importAgain';

/** Counts the calls of `loadAgain`. */
let generation = 0;
const listeners = new Set<() => void>();

/** Lets every chunk that has failed load anew where it is next shown. */
export function loadAgain(): void {
  generation += 1;
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes with each call of `loadAgain`. */
export const useGeneration = () => useSyncExternalStore(subscribe, () => generation);

/**
 * A component in a chunk of its own. It suspends while the chunk loads, and throws where that fails, until `loadAgain`.
 * @param load imports the chunk and picks the component
 */
export function lazyChunk<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  let loading: { generation: number; failed: boolean; component: Promise<ComponentType<P>> } | null = null;

  function component(): Promise<ComponentType<P>> {
    if (loading && !(loading.failed && loading.generation < generation)) return loading.component;
    const begun = { generation, failed: false, component: importAgain(load) };
    begun.component.catch(() => {
      begun.failed = true;
    });
    loading = begun;
    return begun.component;
  }

  return function LazyChunk(props: P) {
    return createElement(use(component()), props);
  };
}

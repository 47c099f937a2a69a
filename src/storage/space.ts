/** The room that a browser gives this page, and whether it may take it back. */

export interface Space {
  /** Bytes in use, and the most that may be. */
  used: number;
  quota: number;
}

/** Null where the browser doesn't tell. */
export async function spaceLeft(): Promise<Space | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined ? null : { used: usage, quota };
  } catch {
    return null;
  }
}

let asked: Promise<boolean> | null = null;

/**
 * Asks the browser, once for each page, not to clear what is kept when space runs short. Some ask people about it, so it
 * should be called when a run is worth it.
 * @returns true where it was granted, now or before
 */
export function askToPersist(): Promise<boolean> {
  asked ??= (async () => {
    try {
      return (await navigator.storage.persisted()) || (await navigator.storage.persist());
    } catch {
      return false;
    }
  })();
  return asked;
}

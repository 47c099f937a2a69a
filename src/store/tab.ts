/** This tab, as its saved runs are named, and how the page got here. */
import { askAround, lockOf, type TabMessage, tabChannel } from '../storage/openTabs';

const key = 'stillroom-tab';
/**
 * How long a name that is taken is waited for, in milliseconds: on a reload the old page lets go within some hundred,
 * and a duplicated tab's original never does.
 */
export const patience = 1000;

export interface ClaimedTab {
  /** A name that a reload keeps, and that no two living tabs share. */
  name: string;
  /** The tab of which this one is a copy, whose run it may take up under its own name; null for none. */
  duplicateOf: string | null;
}

/** What a name is kept with and held by; handed in by tests. */
export interface TabSurroundings {
  /** Throws, or is null, where a browser keeps nothing. */
  session: () => Pick<Storage, 'getItem' | 'setItem'> | null;
  locks: Pick<LockManager, 'request'> | null;
  /** True where a living tab answers to this name; asked where there are no locks. */
  isAnswered: (name: string) => Promise<boolean>;
  /** Answers to this name from now on, for those who ask; as above. */
  answerTo: (name: string) => void;
}

const browser = (): TabSurroundings => ({
  session: () => sessionStorage,
  locks: globalThis.navigator?.locks ?? null,
  isAnswered: async (name) => (await askAround()).has(name),
  answerTo,
});

/**
 * Takes this tab's name, or another one where a living tab has it: `sessionStorage` is copied with a duplicated tab. The
 * name is held for the page's life. To be called once. Takes no time but where the name is taken, or without Web Locks.
 */
export async function claimTab(surroundings: TabSurroundings = browser()): Promise<ClaimedTab> {
  const { session, locks, isAnswered, answerTo } = surroundings;
  const known = read(session);
  const hold = async (name: string): Promise<boolean> => {
    if (locks) return holdLock(locks, name);
    if (name === known && (await isAnswered(name))) return false;
    answerTo(name);
    return true;
  };
  if (known && (await hold(known))) return { name: known, duplicateOf: null };
  const name = newName();
  write(session, name);
  await hold(name);
  return { name, duplicateOf: known };
}

/** True once the lock is held, until the page goes; false where someone else has it for longer than patience lasts. */
function holdLock(locks: Pick<LockManager, 'request'>, name: string): Promise<boolean> {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), patience);
  return new Promise((resolve) => {
    locks
      .request(lockOf(name), { signal: tooLong.signal }, () => {
        clearTimeout(timer);
        resolve(true);
        return new Promise(() => {});
      })
      .catch((error: unknown) => {
        clearTimeout(timer);
        // Where locks are refused as a whole (an odd frame), nothing is known of other tabs, and the name is taken.
        resolve(!(error instanceof Error && error.name === 'AbortError'));
      });
  });
}

function answerTo(name: string) {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(tabChannel);
  channel.onmessage = ({ data }: MessageEvent<Partial<TabMessage>>) => {
    if ('ask' in data) channel.postMessage({ here: name } satisfies TabMessage);
  };
}

/** A name is a part of keys and locks: one of another form was not made here. */
function read(session: TabSurroundings['session']): string | null {
  try {
    const name = session()?.getItem(key) ?? null;
    return name && /^tab-[a-z0-9]+-[a-z0-9]+$/.test(name) && name.length <= 40 ? name : null;
  } catch {
    return null;
  }
}

function write(session: TabSurroundings['session'], name: string) {
  try {
    session()?.setItem(key, name);
  } catch {
    // A new name each time, then.
  }
}

const newName = () => `tab-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** True after a reload, or after coming back to the page, rather than by a link. */
export function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}

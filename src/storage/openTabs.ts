/**
 * Which tabs are open: each holds a Web Lock of its name for as long as its page lives (`claimTab` in `store/`). Where
 * there are no Web Locks, as on plain HTTP, tabs are asked over a channel and answer if they live.
 */
import { inTime, limits } from './timeLimit';

/** Runs of closed tabs that are kept at most. */
export const mostClosed = 4;

const prefix = 'stillroom-tab-';
export const lockOf = (tab: string) => prefix + tab;

/** Tabs are asked and answer here, where there are no Web Locks. */
export const tabChannel = 'stillroom-tabs';
export type TabMessage = { ask: 'who' } | { here: string };
/** Milliseconds in which a living tab answers. A page that computes may take a moment. */
export const answerWithin = 150;

/** The names of all tabs that are open now, this one's among them. Empty where a browser can't tell. */
export async function openTabs(): Promise<Set<string>> {
  if (globalThis.navigator?.locks) {
    const { held = [] } = await inTime(navigator.locks.query(), limits.usual);
    return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
  }
  return typeof BroadcastChannel === 'undefined' ? new Set() : askAround();
}

/** The names that living pages answer with. A page's own answer reaches its other channels, and its worker's. */
export function askAround(): Promise<Set<string>> {
  const channel = new BroadcastChannel(tabChannel);
  const names = new Set<string>();
  channel.onmessage = ({ data }: MessageEvent<Partial<TabMessage>>) => {
    if ('here' in data && typeof data.here === 'string') names.add(data.here);
  };
  channel.postMessage({ ask: 'who' } satisfies TabMessage);
  return new Promise((resolve) => {
    setTimeout(() => {
      channel.close();
      resolve(names);
    }, answerWithin);
  });
}

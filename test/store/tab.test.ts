import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTabs } from '../../src/storage/openTabs';
import { claimTab, patience, type TabSurroundings } from '../../src/store/tab';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What a tab keeps for its session; duplicating the tab copies it. */
class Session {
  constructor(readonly values = new Map<string, string>()) {}
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  copy = () => new Session(new Map(this.values));
}

/** A browser's locks: each is held until its page closes, and others wait for it in turn. */
class Locks {
  readonly held = new Map<string, object>();
  private waiting: { name: string; page: object; granted: () => void }[] = [];

  of(page: object): Pick<LockManager, 'request'> {
    const request = (name: string, { signal }: LockOptions, callback: () => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        const entry = { name, page, granted: () => resolve(callback()) };
        signal?.addEventListener('abort', () => {
          this.waiting = this.waiting.filter((other) => other !== entry);
          reject(new DOMException('too long', 'AbortError'));
        });
        this.waiting.push(entry);
        this.grant();
      });
    return { request } as unknown as Pick<LockManager, 'request'>;
  }

  close(page: object) {
    for (const [name, holder] of this.held) if (holder === page) this.held.delete(name);
    this.grant();
  }

  private grant() {
    for (const { name, page, granted } of this.waiting.filter(({ name }) => !this.held.has(name))) {
      if (this.held.has(name)) continue;
      this.held.set(name, page);
      this.waiting = this.waiting.filter((other) => other.name !== name || other.page !== page);
      granted();
    }
  }
}

/** Pages that answer to names over a channel. */
class Channel {
  readonly answering = new Map<object, string>();
  of(page: object): Pick<TabSurroundings, 'isAnswered' | 'answerTo'> {
    return {
      isAnswered: async (name) => [...this.answering.values()].includes(name),
      answerTo: (name) => void this.answering.set(page, name),
    };
  }
}

describe.each(['with Web Locks', 'without'])('a tab, %s', (kind) => {
  let locks: Locks;
  let channel: Channel;
  beforeEach(() => {
    locks = new Locks();
    channel = new Channel();
  });
  const open = async (session: Session | null) => {
    const page = {};
    const surroundings = {
      session: () => session,
      locks: kind === 'with Web Locks' ? locks.of(page) : null,
      ...channel.of(page),
    };
    const claim = claimTab(surroundings);
    await vi.advanceTimersByTimeAsync(patience);
    return { page, ...(await claim) };
  };
  const close = ({ page }: { page: object }) => {
    locks.close(page);
    channel.answering.delete(page);
  };

  it('keeps its name over a reload, and a new tab has another', async () => {
    const session = new Session();
    const first = await open(session);
    expect(first.name).toMatch(/^tab-[a-z0-9]+-[a-z0-9]+$/);
    expect(first.duplicateOf).toBeNull();
    expect((await open(new Session())).name).not.toBe(first.name);
    close(first);
    expect(await open(session)).toMatchObject({ name: first.name, duplicateOf: null });
  });

  it('that was duplicated gets a name of its own, and keeps that', async () => {
    const session = new Session();
    const first = await open(session);
    const copied = session.copy();
    const second = await open(copied);
    expect(second.name).not.toBe(first.name);
    expect(second.duplicateOf).toBe(first.name);
    close(second);
    expect(await open(copied)).toMatchObject({ name: second.name, duplicateOf: null });
  });

  it('takes up the name of one that has been closed', async () => {
    const session = new Session();
    const first = await open(session);
    const copied = session.copy();
    close(first);
    expect(await open(copied)).toMatchObject({ name: first.name, duplicateOf: null });
  });

  it('has a new name each time where nothing is kept', async () => {
    const names = [await open(null), await open(null)].map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
  });

  it('takes no name that was not made here', async () => {
    for (const value of ['', 'x', 'tab-', `tab-a-${'b'.repeat(99)}`, 'tab-a-b/../c']) {
      const tab = await open(new Session(new Map([['stillroom-tab', value]])));
      expect(tab.name).not.toBe(value);
      expect(tab.duplicateOf).toBeNull();
    }
  });
});

describe('a reload', () => {
  it('waits for the old page, which lets go a little later', async () => {
    const locks = new Locks();
    const session = new Session();
    const of = (page: object): TabSurroundings => ({
      session: () => session,
      locks: locks.of(page),
      ...new Channel().of(page),
    });
    const before = {};
    const { name } = await claimTab(of(before));
    const claim = claimTab(of({}));
    setTimeout(() => locks.close(before), 300);
    await vi.advanceTimersByTimeAsync(300);
    expect(await claim).toEqual({ name, duplicateOf: null });
  });

  it('takes its name where locks are refused altogether', async () => {
    const session = new Session(new Map([['stillroom-tab', 'tab-a-b']]));
    const refused = () => Promise.reject(new DOMException('not here', 'SecurityError'));
    const claim = claimTab({
      session: () => session,
      locks: { request: refused } as never,
      ...new Channel().of({}),
    });
    expect(await claim).toEqual({ name: 'tab-a-b', duplicateOf: null });
  });
});

describe('which tabs are open', () => {
  it('is told by their locks', async () => {
    const held = [{ name: 'stillroom-tab-tab-a-b' }, { name: 'another' }, {}];
    vi.stubGlobal('navigator', { locks: { query: async () => ({ held }) } });
    expect(await openTabs()).toEqual(new Set(['tab-a-b']));
  });

  it('is asked of them without locks', async () => {
    vi.useRealTimers();
    vi.stubGlobal('navigator', {});
    const page = new BroadcastChannel('stillroom-tabs');
    page.onmessage = ({ data }: MessageEvent) => 'ask' in data && page.postMessage({ here: 'tab-a-b' });
    expect(await openTabs()).toEqual(new Set(['tab-a-b']));
    page.close();
  });
});

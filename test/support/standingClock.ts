/**
 * Time that moves only when a test says so, for code with many timers. After each timer everything that follows from it
 * is done before the next, at the price of one turn of Node's event loop; vitest's own clock waits a millisecond.
 */
import { vi } from 'vitest';

interface Timer {
  at: number;
  order: number;
  call: () => void;
  /** Of an interval. */
  every: number | null;
}

export class StandingClock {
  now = 0;
  private readonly timers = new Map<number, Timer>();
  private count = 0;

  /** Takes the place of the global clock and timers until `remove`. */
  install() {
    const add = (call: () => void, delay = 0, repeats = false) => {
      const every = Math.max(1, delay);
      this.count += 1;
      this.timers.set(this.count, {
        at: this.now + every,
        order: this.count,
        call,
        every: repeats ? every : null,
      });
      return this.count;
    };
    const clear = (id: number) => void this.timers.delete(id);
    vi.stubGlobal('setTimeout', (call: () => void, delay?: number) => add(call, delay));
    vi.stubGlobal('setInterval', (call: () => void, delay?: number) => add(call, delay, true));
    vi.stubGlobal('clearTimeout', clear);
    vi.stubGlobal('clearInterval', clear);
    vi.spyOn(performance, 'now').mockImplementation(() => this.now);
    vi.spyOn(Date, 'now').mockImplementation(() => 1e12 + this.now);
  }

  remove() {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    this.timers.clear();
  }

  /** Lets so many milliseconds pass. */
  async pass(milliseconds: number) {
    const end = this.now + milliseconds;
    await turn();
    for (let next = this.next(end); next; next = this.next(end)) {
      const [id, timer] = next;
      this.now = Math.max(this.now, timer.at);
      if (timer.every === null) this.timers.delete(id);
      else timer.at += timer.every;
      timer.call();
      await turn();
    }
    this.now = end;
  }

  private next(end: number): [number, Timer] | null {
    let first: [number, Timer] | null = null;
    for (const entry of this.timers) {
      const [, { at, order }] = entry;
      if (at <= end && (!first || at < first[1].at || (at === first[1].at && order < first[1].order))) {
        first = entry;
      }
    }
    return first;
  }
}

/** One turn of the event loop, after all that is ready. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Threads that share the work of one call of our WebAssembly. The call returns when all of it is done, so that for
 * whoever calls nothing changes but the time.
 *
 * A call's range is cut into parts, and each thread, the caller among them, takes the next one until none is left: a
 * thread that sleeps or is held up holds up nobody. They meet in shared memory, the board: the caller writes the call
 * there and then the word `claim`, which the others watch.
 */
import type { RangedCalls, WasmModule, WholeCalls } from './wasmModule';

export interface WorkRange {
  /** The work is 0 to `count`; parts begin at multiples of `step` and are `least` long or more, but for the last. */
  count: number;
  step?: number;
  least?: number;
  /** Work of all of it, about in operations on four numbers: little work is not worth a thread. */
  work: number;
  /** Bytes of scratch that a thread needs. */
  scratch?: number;
}

/** How a kernel calls our WebAssembly. */
export interface WasmCalls {
  readonly whole: WholeCalls;
  /** Calls an export on all of a range, in parts on several threads where that is faster. */
  ranged<K extends keyof RangedCalls>(name: K, range: WorkRange, ...parameters: RangedCalls[K]): void;
  /** Memory on the heap for the time of `use`. */
  withRoom(bytes: number, use: (address: number) => void): void;
}

/** `take` throws where there is no memory. */
export interface Heap {
  take(bytes: number): number;
  giveBack(address: number): void;
}

/** The threads of a team. */
export interface Crew {
  board: SharedArrayBuffer;
  /** All of them, the caller included. */
  threads: number;
  /** Whether the caller may sleep while it waits; a page's own thread may not. */
  maySleep: boolean;
  /** The others, which live as long as they are held. */
  workers?: Worker[];
  /** Operations below which a part takes less time than handing it over: about 10 µs. */
  leastWork?: number;
  /** No part takes so long, in milliseconds. A machine that was asleep itself is given it once more. */
  patience?: number;
}

const usual = { leastWork: 1 << 14, patience: 30_000 };
/** Threads may be held up or slower than others: more parts than threads even that out. */
const partsPerThread = 2;

/**
 * Words of the board, of 32 bits, on a line of the cache each. `claim` is (number of the call, its parts, the next part)
 * in 16, 8 and 8 bits; `left` counts the parts that are not done; `failed` is 1 where one of them threw.
 */
const word = { claim: 0, left: 16, failed: 32 };
/** Behind those lines the call itself, in float64, since addresses and scalars are. */
const callAt = 3 * 64;
const field = { name: 0, count: 1, size: 2, scratch: 3, room: 4, parameterCount: 5, parameters: 6 };
const mostParameters = 16;
export const boardBytes = callAt + 8 * (field.parameters + mostParameters);

/** Looks at a word that is being waited for before a thread sleeps: a tenth of a millisecond, more than most calls lie apart. */
const looks = 10_000;

/** One thread's sight of the board. Thread 0 is the caller. */
class Seat {
  readonly words: Int32Array;
  readonly call: Float64Array;
  private readonly names: string[];

  constructor(
    board: SharedArrayBuffer,
    private readonly exports: WasmModule,
    private readonly thread: number,
    private readonly maySleep: boolean,
  ) {
    this.words = new Int32Array(board, 0, callAt / 4);
    this.call = new Float64Array(board, callAt);
    // All threads have the same module, so that its exports are in the same order.
    this.names = Object.keys(exports);
  }

  numberOf(name: string): number {
    return this.names.indexOf(name);
  }

  /** Does parts of the present call until all are taken; returns the word `claim` as it was last. */
  takeParts(onError: (error: unknown) => void): number {
    for (;;) {
      const claim = Atomics.load(this.words, word.claim);
      const part = claim & 255;
      if (part >= ((claim >>> 8) & 255)) return claim;
      if (Atomics.compareExchange(this.words, word.claim, claim, claim + 1) !== claim) continue;
      // What is on the board belongs to this part from here on: it stays until the part is done.
      try {
        this.doPart(part);
      } catch (error) {
        Atomics.store(this.words, word.failed, 1);
        onError(error);
      }
      if (Atomics.sub(this.words, word.left, 1) === 1) Atomics.notify(this.words, word.left);
    }
  }

  /** Returns once a word isn't `value`; false where it still is after so many milliseconds. */
  awaitChange(index: number, value: number, ms = Number.POSITIVE_INFINITY): boolean {
    for (let i = 0; i < looks || !this.maySleep; i++) {
      if (Atomics.load(this.words, index) !== value) return true;
    }
    return Atomics.wait(this.words, index, value, ms) !== 'timed-out';
  }

  private doPart(part: number) {
    const { call } = this;
    const parameters = call.subarray(field.parameters, field.parameters + call[field.parameterCount]);
    const from = part * call[field.size];
    const to = Math.min(call[field.count], from + call[field.size]);
    const scratch = call[field.scratch] + this.thread * call[field.room];
    this.exports[this.names[call[field.name]] as keyof RangedCalls](...parameters, from, to, scratch);
  }
}

/** What the threads besides the caller do all their life. */
export function helpForever(board: SharedArrayBuffer, exports: WasmModule, thread: number): never {
  const seat = new Seat(board, exports, thread, true);
  for (;;) seat.awaitChange(word.claim, seat.takeParts(console.error));
}

/** Our WebAssembly as kernels call it: on this thread alone, or with a crew. */
export class Team implements WasmCalls {
  readonly whole: WholeCalls;
  private seat: Seat | null;
  private readonly limits: Required<Pick<Crew, 'leastWork' | 'patience'>>;
  private calls = 0;

  constructor(
    private readonly exports: WasmModule,
    private readonly heap: Heap,
    private readonly crew: Crew | null = null,
  ) {
    this.whole = exports;
    this.limits = { ...usual, ...crew };
    this.seat = crew && new Seat(crew.board, exports, 0, crew.maySleep);
  }

  get threads(): number {
    return this.seat ? this.crew!.threads : 1;
  }

  ranged<K extends keyof RangedCalls>(name: K, range: WorkRange, ...parameters: RangedCalls[K]) {
    const { count, scratch: room = 0 } = range;
    const size = this.sizeOfParts(range);
    const { seat } = this;
    const share = (scratch: number) => {
      if (seat && size < count) {
        seat.call.set([seat.numberOf(name), count, size, scratch, room, parameters.length, ...parameters]);
        this.share(seat, name, Math.ceil(count / size));
      } else {
        this.exports[name](...parameters, 0, count, scratch);
      }
    };
    if (room > 0) this.withRoom(size < count ? room * this.threads : room, share);
    else share(0);
  }

  withRoom(bytes: number, use: (address: number) => void) {
    const address = this.heap.take(bytes);
    try {
      use(address);
    } finally {
      this.heap.giveBack(address);
    }
  }

  /** How much of a range a part takes; all of it where it isn't worth cutting. */
  private sizeOfParts({ count, step = 1, least = step, work }: WorkRange): number {
    if (this.threads === 1) return count;
    const parts = Math.min(
      partsPerThread * this.threads,
      Math.floor(work / this.limits.leastWork),
      Math.floor(count / least),
    );
    return parts > 1 ? Math.ceil(count / parts / step) * step : count;
  }

  private share(seat: Seat, name: string, parts: number) {
    const { words } = seat;
    this.calls = (this.calls + 1) & 0xffff;
    Atomics.store(words, word.left, parts);
    Atomics.store(words, word.claim, (this.calls << 16) | (parts << 8));
    Atomics.notify(words, word.claim, parts - 1);
    let cause: unknown;
    seat.takeParts((error) => {
      cause = error;
    });
    this.awaitOthers(seat, name);
    if (Atomics.exchange(words, word.failed, 0) !== 0) throw new Error(`${name} failed`, { cause });
  }

  /** @throws Error where a thread has died within its part; from then on this one works alone */
  private awaitOthers(seat: Seat, name: string) {
    const { words } = seat;
    let waited = 0;
    for (let left = Atomics.load(words, word.left); left > 0; left = Atomics.load(words, word.left)) {
      if (seat.awaitChange(word.left, left, this.limits.patience)) waited = 0;
      else if (++waited === 2) {
        this.seat = null;
        throw new Error(`${name} was left undone by one of the threads`);
      }
    }
  }
}

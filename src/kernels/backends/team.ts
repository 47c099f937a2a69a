/**
 * Threads that share the work of one call of our WebAssembly. The call returns when all of it is done, so that for
 * whoever calls nothing changes but the time.
 *
 * A call's range is cut into parts, and each thread, the caller among them, takes the next one until none is left: a
 * thread that sleeps or is held up holds up nobody. They meet in shared memory, the board: the caller writes the call
 * there and then the word `claim`, which the others watch.
 */
import type { RangedCalls, WasmModule, WholeCalls } from './wasmModule';

export interface Range {
  /** The work is 0 to `count`; parts begin at multiples of `step`. */
  count: number;
  step?: number;
  /** Work of all of it, about in operations on four numbers: little work is not worth a thread. */
  work: number;
  /** Bytes of scratch that a thread needs. */
  scratch?: number;
}

/** How a kernel calls our WebAssembly. */
export interface WasmCalls {
  readonly whole: WholeCalls;
  /** Calls an export on all of a range, in parts on several threads where that is faster. */
  ranged<K extends keyof RangedCalls>(name: K, range: Range, ...parameters: RangedCalls[K]): void;
}

/** Memory on the heap for the time of a call; `take` throws where there is none. */
export interface Heap {
  take(bytes: number): number;
  giveBack(address: number): void;
}

/** Operations on four numbers below which a part takes less time than handing it over: about 10 µs. */
const leastWork = 1 << 14;
/** Threads may be held up or slower than others: more parts than threads even that out. */
const partsPerThread = 2;

/**
 * Words of the board, of 32 bits. `claim` is (number of the call, its parts, the next part) in 16, 8 and 8 bits; `left`
 * counts the parts that are not done; `failed` is 1 where one of them threw. On a line of the cache each.
 */
const word = { claim: 0, left: 16, failed: 32 };
/** The call itself, in float64, since addresses and scalars are. */
const callAt = 8 * 24;
const field = { name: 0, count: 1, size: 2, scratch: 3, room: 4, given: 5, parameters: 6 };
const mostParameters = 16;
export const boardBytes = callAt + 8 * (field.parameters + mostParameters);
const mostParts = 255;

/** Looks at a word that is being waited for before a thread sleeps: longer than most calls of a step lie apart. */
const looks = 30_000;

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
  takeParts(): number {
    for (;;) {
      const claim = Atomics.load(this.words, word.claim);
      const part = claim & 255;
      if (part >= ((claim >>> 8) & 255)) return claim;
      if (Atomics.compareExchange(this.words, word.claim, claim, claim + 1) !== claim) continue;
      // What is on the board belongs to this part from here on: it stays until the part is done.
      try {
        this.doPart(part);
      } catch {
        Atomics.store(this.words, word.failed, 1);
      }
      if (Atomics.sub(this.words, word.left, 1) === 1) Atomics.notify(this.words, word.left);
    }
  }

  /** Returns once a word isn't `value`. */
  awaitChange(index: number, value: number) {
    for (let i = 0; i < looks || !this.maySleep; i++) {
      if (Atomics.load(this.words, index) !== value) return;
    }
    Atomics.wait(this.words, index, value);
  }

  private doPart(part: number) {
    const { call } = this;
    const parameters = Array.from(call.subarray(field.parameters, field.parameters + call[field.given]));
    const from = part * call[field.size];
    const to = Math.min(call[field.count], from + call[field.size]);
    const scratch = call[field.scratch] + this.thread * call[field.room];
    this.exports[this.names[call[field.name]] as keyof RangedCalls](...parameters, from, to, scratch);
  }
}

/** What the threads besides the caller do all their life. */
export function helpForever(board: SharedArrayBuffer, exports: WasmModule, thread: number): never {
  const seat = new Seat(board, exports, thread, true);
  for (;;) seat.awaitChange(word.claim, seat.takeParts());
}

/** Our WebAssembly as kernels call it: on this thread alone, or with those that watch the board. */
export class Team implements WasmCalls {
  readonly whole: WholeCalls;
  private readonly seat: Seat | null;
  private calls = 0;

  /** @param threads all of them, the caller included; without a board there is no other */
  constructor(
    private readonly exports: WasmModule,
    private readonly heap: Heap,
    readonly threads = 1,
    board: SharedArrayBuffer | null = null,
    maySleep = false,
  ) {
    this.whole = exports;
    this.seat = board && new Seat(board, exports, 0, maySleep);
  }

  ranged<K extends keyof RangedCalls>(
    name: K,
    { count, step = 1, work, scratch: room = 0 }: Range,
    ...parameters: RangedCalls[K]
  ) {
    const wanted = Math.min(mostParts, partsPerThread * this.threads, Math.floor(work / leastWork));
    const size = Math.max(1, Math.ceil(count / Math.max(1, wanted) / step)) * step;
    const parts = this.seat ? Math.ceil(count / size) : 1;
    const scratch = room > 0 ? this.heap.take(room * (parts > 1 ? this.threads : 1)) : 0;
    try {
      if (this.seat && parts > 1) {
        const { call } = this.seat;
        call.set([this.seat.numberOf(name), count, size, scratch, room, parameters.length, ...parameters]);
        this.share(this.seat, name, parts);
      } else {
        this.exports[name](...parameters, 0, count, scratch);
      }
    } finally {
      if (room > 0) this.heap.giveBack(scratch);
    }
  }

  private share(seat: Seat, name: string, parts: number) {
    const { words } = seat;
    this.calls = (this.calls + 1) & 0xffff;
    Atomics.store(words, word.left, parts);
    Atomics.store(words, word.claim, (this.calls << 16) | (parts << 8));
    Atomics.notify(words, word.claim);
    seat.takeParts();
    for (let left = Atomics.load(words, word.left); left > 0; left = Atomics.load(words, word.left)) {
      seat.awaitChange(word.left, left);
    }
    if (Atomics.exchange(words, word.failed, 0) !== 0)
      throw new Error(`${name} failed on one of the threads`);
  }
}

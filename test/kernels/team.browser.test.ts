import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTeam } from '../../src/kernels/backends/startTeam';
import type { Heap, Team } from '../../src/kernels/backends/team';
import type { RangedCalls } from '../../src/kernels/backends/wasmModule';
import binary from '../../src/kernels/wasm-build/kernels-shared.wasm?url';
import { describeTeam } from './describeTeam';

describeTeam();

const scratchAt = 8 << 20;

/** A team on a memory of its own, 16 MiB of zeros. */
async function startOwnTeam(threads: number) {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true });
  const module = await WebAssembly.compile(await (await fetch(binary)).arrayBuffer());
  const heap: Heap = { take: () => scratchAt, giveBack: () => {} };
  const team = await startTeam(module, memory, heap, threads);
  return { team, numbers: new Float32Array(memory.buffer) };
}

/** Adds numbers `at` to `at + count` to those at 0, in as many parts as can be. */
const add = (team: Team, at: number, count: number) => {
  const parameters: RangedCalls['accumulate'] = [0, 4 * at, 4 * (4 << 20) - 4];
  team.ranged('accumulate', { count, work: Infinity }, ...parameters);
};

describe('threads that share the work', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it.each([2, 4])('%i of them do each part of each call once', async (threads) => {
    const { team, numbers } = await startOwnTeam(threads);
    expect(team.threads).toBe(threads);
    const most = 5000;
    const ones = 100_000;
    numbers.fill(1, ones, ones + most);
    const expected = new Float32Array(most);
    // Calls of all lengths, close upon each other: threads still look for parts of the one before.
    for (let i = 0; i < 20_000; i++) {
      const count = 1 + ((i * 7919) % (i % 3 === 0 ? most : 60));
      add(team, ones, count);
      for (let n = 0; n < count; n++) expected[n] += 1;
    }
    expect(numbers.slice(0, most)).toEqual(expected);
  });

  it('all of them work', async () => {
    const { team, numbers } = await startOwnTeam(3);
    const size = 160;
    numbers.fill(1, 0, 2 * size ** 2);
    const room = team.whole.productScratch(size, size);
    const operands = [0, 4 * size ** 2, 8 * size ** 2, size, size, size] as const;
    const hasWorked = (thread: number) => numbers[(scratchAt + thread * room) / 4] !== 0;
    // One that the machine has no time for in one call has it in another.
    for (let i = 0; i < 1000 && ![0, 1, 2].every(hasWorked); i++) {
      const range = { count: size, step: 5, work: Infinity, scratch: room };
      team.ranged('matMul', range, ...operands, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }
    expect([0, 1, 2].map(hasWorked)).toEqual([true, true, true]);
    expect(numbers.subarray(2 * size ** 2, 3 * size ** 2).every((x) => x === size)).toBe(true);
  });

  it('a part that fails makes the call fail, wherever it ran, and the next one works', async () => {
    const { team, numbers } = await startOwnTeam(3);
    // At 2 GiB.
    const beyond = 1 << 29;
    for (let i = 0; i < 20; i++) expect(() => add(team, beyond, 100)).toThrow('accumulate failed');
    numbers.fill(2, 5000, 5100);
    add(team, 5000, 100);
    expect(numbers.slice(0, 101)).toEqual(Float32Array.from({ length: 101 }, (_, i) => (i < 100 ? 2 : 0)));
  });

  it('the cause of a failure is told where it is known', async () => {
    const { team } = await startOwnTeam(1);
    const alone = () => add(team, 1 << 29, 100);
    expect(alone).toThrow(WebAssembly.RuntimeError);
  });

  it('threads that cannot be started are done without', async () => {
    const warning = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const Real = Worker;
    let started = 0;
    vi.stubGlobal(
      'Worker',
      class extends Real {
        constructor(url: URL, options: WorkerOptions) {
          // The first of three is not there.
          super(started++ === 0 ? new URL('nothing.js', url) : url, options);
        }
      },
    );
    const { team, numbers } = await startOwnTeam(4);
    expect(team.threads).toBe(3);
    expect(warning.mock.calls.map(([, error]) => (error as Error).message)).toEqual([
      'its script did not load',
    ]);
    numbers.fill(3, 6000, 6050);
    add(team, 6000, 50);
    expect(numbers[49]).toBe(3);

    started = -100;
    vi.stubGlobal(
      'Worker',
      class {
        constructor() {
          throw new Error('no workers here');
        }
      },
    );
    const lonely = await startOwnTeam(4);
    expect(lonely.team.threads).toBe(1);
    lonely.numbers.fill(3, 6000, 6050);
    add(lonely.team, 6000, 50);
    expect(lonely.numbers[49]).toBe(3);
  });
});

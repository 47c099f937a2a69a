import { expect, it } from 'vitest';
import { boardBytes, type Heap, Team } from '../../src/kernels/backends/team';
import type { RangedCalls, WasmModule } from '../../src/kernels/backends/wasmModule';
import { describeTeam } from './describeTeam';

describeTeam();

it('a thread that dies within its part fails the call, and the others go on without it', () => {
  const board = new SharedArrayBuffer(boardBytes);
  const ranges: [number, number][] = [];
  let dies = true;
  const accumulate = (...parameters: number[]) => {
    const [from, to] = parameters.slice(3);
    ranges.push([from, to]);
    // Another thread takes the next part, and is never heard of again.
    if (dies) Atomics.add(new Int32Array(board), 0, 1);
    dies = false;
  };
  const heap: Heap = { take: () => 0, giveBack: () => {} };
  const crew = { board, threads: 2, maySleep: true, leastWork: 0, patience: 20 };
  const team = new Team({ accumulate } as unknown as WasmModule, heap, crew);
  const parameters: RangedCalls['accumulate'] = [0, 0, 0];
  const call = () => team.ranged('accumulate', { count: 100, work: 1 }, ...parameters);
  expect(call).toThrow('accumulate was left undone');
  expect(ranges).toEqual([
    [0, 25],
    [50, 75],
    [75, 100],
  ]);
  expect(team.threads).toBe(1);
  call();
  expect(ranges.at(-1)).toEqual([0, 100]);
});

/** Engines that only say how long they took, with a record of whose turn it was. */
import type { EngineName } from '../../src/bench/engine';
import type { Participant } from '../../src/bench/measure';
import type { Runner } from '../../src/bench/runner';

export interface FakeEngine {
  stepMs: number;
  /** Of step `i`. */
  loss?: (i: number) => number;
  asynchronous?: boolean;
  threads?: number | null;
  matmulRate?: number;
  /** The method that throws. */
  failsAt?: keyof Runner;
}

export type Turn = `${EngineName} ${string}`;

export function fakeParticipants(fakes: Partial<Record<EngineName, FakeEngine>>) {
  const turns: Turn[] = [];
  const closed: EngineName[] = [];
  const takePart = (engine: EngineName): Participant => {
    const { stepMs, failsAt, loss = (i) => 8 - i / 100, ...rest } = fakes[engine]!;
    const { asynchronous = false, threads = null, matmulRate = null } = rest;
    const doing = (method: keyof Runner, detail = '') => {
      turns.push(`${engine} ${method}${detail}`);
      if (failsAt === method) throw new Error(`${engine} is out`);
    };
    const runner: Runner = {
      open: async () => doing('open'),
      async start() {
        doing('start');
        return { startMs: 3, adapter: threads === null ? 'a GPU' : null, threads, asynchronous };
      },
      select: async (name) => doing('select', ` ${name}`),
      async step(i) {
        doing('step', ` ${i}`);
        return { encodeMs: 0.3, stepMs: stepMs * (i === 0 ? 10 : 1), dispatches: 99, loss: loss(i) };
      },
      async pipelined(first, count) {
        doing('pipelined', ` ${first} ${count}`);
        return stepMs / 2;
      },
      async matmulRate() {
        doing('matmulRate');
        return matmulRate;
      },
      async bytes() {
        doing('bytes');
        return 500_000;
      },
      async peakBytes() {
        doing('peakBytes');
        return 1_000_000;
      },
    };
    return { engine, runner, close: () => closed.push(engine) };
  };
  return { takePart, turns, closed };
}

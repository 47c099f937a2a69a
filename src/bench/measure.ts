/** Measures engines beside each other on one workload and one backend, in turns, so that noise hits all alike. */
import { type Problem, ProblemError } from '../config/problems';
import type { BenchBackend, EngineName } from './engine';
import { type BenchEntry, disagreements, entryOf, type Samples, warmUpSteps } from './entry';
import type { Runner } from './runner';
import { clamped, turnOrder } from './statistics';
import type { Workload } from './workloads';

export interface Group {
  backend: BenchBackend;
  workload: Workload;
  engines: EngineName[];
}

/** How long a group may take. */
export interface Pace {
  /** All engines' timed steps with a wait together, ms; and all blocks without one. */
  budgetMs: number;
  /** An engine whose step takes longer is timed for one step, ms. */
  slowMs: number;
  /** An engine whose step takes longer runs no block of ten, ms. */
  pipelinedLimitMs: number;
}

export const fullPace: Pace = { budgetMs: 20_000, slowMs: 3000, pipelinedLimitMs: 3000 };
export const quickPace: Pace = { budgetMs: 3000, slowMs: 3000, pipelinedLimitMs: 1500 };

/** An engine that takes part, in a worker or process of its own. */
export interface Participant {
  engine: EngineName;
  runner: Runner;
  close(): void;
}

export interface Measured {
  entries: BenchEntry[];
  /** Engines that could not finish, and why. */
  failures: { engine: EngineName; message: string; problem?: Problem }[];
  /** What is wrong with the losses, in words. */
  disagreements: string[];
}

const blockLength = 10;

interface Player extends Participant {
  samples: Samples;
}

export async function measureGroup(
  { backend, workload, engines }: Group,
  takePart: (engine: EngineName) => Participant,
  pace: Pace,
  say: (words: string) => void,
): Promise<Measured> {
  const failures: Measured['failures'] = [];
  const participants: Participant[] = [];
  let players: Player[] = [];

  /** A turn of one engine; one that fails is out. */
  async function turn(engine: EngineName, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ engine, message, ...(error instanceof ProblemError && { problem: error.problem }) });
      players = players.filter((player) => player.engine !== engine);
    }
  }
  /** One turn for each of `all` who is still in. */
  async function round(all: Player[], index: number, action: (player: Player) => Promise<void>) {
    for (const player of turnOrder(all, index)) {
      if (players.includes(player)) await turn(player.engine, () => action(player));
    }
  }
  const takeStep = async ({ runner, samples }: Player) => {
    samples.steps.push(await runner.step(samples.steps.length));
  };
  const latestMs = ({ samples }: Player) => samples.steps.at(-1)!.stepMs;
  const fasterThan = (limitMs: number) => players.filter((player) => latestMs(player) <= limitMs);
  /** How many rounds of `length` steps fit into the budget. */
  const roundsOf = (length: number, all: Player[], least: number, most: number) => {
    const roundMs = all.reduce((sum, player) => sum + latestMs(player), 0) * length;
    return all.length === 0 ? 0 : clamped(Math.floor(pace.budgetMs / roundMs), least, most);
  };

  try {
    for (const engine of engines) {
      await turn(engine, async () => {
        const participant = takePart(engine);
        participants.push(participant);
        await participant.runner.open(engine, backend);
        const start = await participant.runner.start(workload);
        players.push({
          ...participant,
          samples: { start, steps: [], pipelined: [], peakBytes: 0, matmulRate: null },
        });
      });
    }
    const everyone = [...players];
    for (let i = 0; i < warmUpSteps; i++) {
      await round(everyone, i, async (player) => {
        await takeStep(player);
        say(`  ${player.engine}: step ${i} in ${Math.round(latestMs(player))} ms`);
      });
    }

    const fast = fasterThan(pace.slowMs);
    const timedRounds = roundsOf(1, fast, 4, 20);
    if (timedRounds > 0) say(`  ${timedRounds} steps of each, with a wait for each loss`);
    for (let i = 0; i < timedRounds; i++) await round(fast, i, takeStep);

    await round(players, 0, async ({ runner, samples }) => {
      // Before the blocks of ten: an engine that queues steps up holds the memory of all of them then.
      samples.peakBytes = await runner.peakBytes();
      samples.matmulRate = await runner.matmulRate();
    });

    const pipelining = fasterThan(pace.pipelinedLimitMs);
    const blocks = roundsOf(blockLength, pipelining, 1, 5);
    if (blocks > 0) say(`  ${blocks} × ${blockLength} steps of each, without`);
    for (let i = 0; i < blocks; i++) {
      await round(pipelining, i, async ({ runner, samples }) => {
        const first = samples.steps.length + samples.pipelined.length * blockLength;
        samples.pipelined.push(await runner.pipelined(first, blockLength));
      });
    }
    const matmulRate = players.find(({ samples }) => samples.matmulRate)?.samples.matmulRate ?? null;
    const entries = players.map(({ engine, samples }) =>
      entryOf({ engine, backend }, workload, samples, matmulRate),
    );
    return { entries, failures, disagreements: disagreements(entries) };
  } finally {
    for (const { close } of participants) close();
  }
}

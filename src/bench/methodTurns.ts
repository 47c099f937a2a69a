/** Measures the methods beside the triple loss: all in one worker, a step of each in turn, so that noise hits all alike. */
import { z } from '../config/zod';
import { type BenchBackend, benchBackends } from './engine';
import { warmUpSteps } from './entry';
import { duration } from './entrySchema';
import type { Participant } from './measure';
import { methodWorkloads } from './methodWorkloads';
import type { StepSample } from './runner';
import { clamped, median, rounded, turnOrder } from './statistics';
import type { Workload } from './workloads';

export const methodEntrySchema = z.strictObject({
  workload: z.literal('methods'),
  /** A method's id, or what else is computed in place of the triple loss. */
  method: z.string(),
  backend: z.enum(benchBackends),
  /** The GPU's description; null on WASM. */
  adapter: z.string().nullable(),
  /** Threads of the WASM backend; null on WebGPU. */
  threads: z.number().int().positive().nullable(),
  /** Compute dispatches of one step; null on WASM. */
  dispatches: z.number().int().nonnegative().nullable(),
  /** Time of a step with a wait for its loss, ms: the median, and the shortest. */
  stepMs: duration,
  fastestMs: duration,
  /** `stepMs` by that of the triple loss. */
  ratio: z.number().positive(),
  /** Bytes of weights, moments, gradients and inputs, and of what a step computes, at its widest. */
  bytes: z.number().int().nonnegative(),
});

export type MethodEntry = z.infer<typeof methodEntrySchema>;

export interface MethodsMeasured {
  entries: MethodEntry[];
  /** Methods that could not finish, and why. */
  failures: { method: string; message: string }[];
}

/** How long the timed steps of all may take together, ms, and how many rounds there are at least and at most. */
export interface TurnPace {
  budgetMs: number;
  least: number;
  most: number;
}

export const methodPace: TurnPace = { budgetMs: 60_000, least: 5, most: 40 };
export const quickMethodPace: TurnPace = { budgetMs: 20_000, least: 3, most: 10 };

interface Player {
  workload: Workload;
  samples: StepSample[];
  start: Awaited<ReturnType<Participant['runner']['start']>>;
}

/** @param workloads the first one is what the others are compared with */
export async function measureMethods(
  backend: BenchBackend,
  { runner, close }: Participant,
  pace: TurnPace,
  say: (words: string) => void,
  workloads: readonly Workload[] = methodWorkloads,
): Promise<MethodsMeasured> {
  const failures: MethodsMeasured['failures'] = [];
  let players: Player[] = [];

  /** A turn of one method; one that fails is out. */
  async function turn<T>({ name }: Workload, action: () => Promise<T>): Promise<T | null> {
    try {
      return await action();
    } catch (error) {
      failures.push({ method: name, message: error instanceof Error ? error.message : String(error) });
      players = players.filter(({ workload }) => workload.name !== name);
      return null;
    }
  }
  const takeStep = ({ workload, samples }: Player) =>
    turn(workload, async () => {
      await runner.select(workload.name);
      samples.push(await runner.step(samples.length));
    });
  const round = async (index: number) => {
    for (const player of turnOrder(players, index)) await takeStep(player);
  };

  try {
    await runner.open('stillroom', backend);
    for (const workload of workloads) {
      await turn(workload, async () => {
        players.push({ workload, samples: [], start: await runner.start(workload) });
      });
    }
    for (let i = 0; i < warmUpSteps; i++) await round(i);
    const roundMs = players.reduce((sum, { samples }) => sum + samples.at(-1)!.stepMs, 0);
    const rounds = clamped(Math.floor(pace.budgetMs / roundMs), pace.least, pace.most);
    say(`  ${rounds} steps of each of ${players.length}, in turns`);
    for (let i = 0; i < rounds; i++) await round(i);

    const entries: MethodEntry[] = [];
    const [base] = players;
    for (const { workload, samples, start } of [...players]) {
      const bytes = await turn(workload, async () => {
        await runner.select(workload.name);
        return runner.bytes();
      });
      if (bytes === null) continue;
      const times = (all: StepSample[]) => all.slice(warmUpSteps).map(({ stepMs }) => stepMs);
      const stepMs = median(times(samples));
      entries.push({
        workload: 'methods',
        method: workload.name,
        backend,
        adapter: start.adapter,
        threads: start.threads,
        dispatches: backend === 'webgpu' ? samples.at(-1)!.dispatches : null,
        stepMs: rounded(stepMs),
        fastestMs: rounded(Math.min(...times(samples))),
        ratio: rounded(stepMs / median(times(base.samples)), 3),
        bytes,
      });
    }
    return { entries, failures };
  } finally {
    close();
  }
}

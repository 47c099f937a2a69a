/** How the time of a forward pass grows with the batch and with the length, and so what of it is paid once however little is asked. */
import { forwardFlops } from '../config/cost';
import { mlm } from '../config/heads';
import type { LatencyCurve, LatencyCurves, LatencyPoint } from '../config/scores';
import { ForwardPass, shapeKey } from './latency';
import type { Model } from './model';
import type { Tell } from './questions';
import { middleHalf, timesInTurns } from './turns';

type Size = LatencyCurves['leftOut'][number];

const batchSizes = [1, 2, 4, 8, 16, 32];
const lengths = [8, 16, 32, 64, 128];
/** Sequences in the batches whose length grows. */
const fixedBatch = 8;

const plan = { mostRuns: 21, leastRuns: 3, warmUps: 0 };
/** Sizes that are measured however slow a machine is. */
const leastSizes = 4;
/** Share of the progress that the first runs are. */
const warmingShare = 0.2;
/** Milliseconds: of all timed runs together, and of one round of them, for whose sake the longest sizes are left out. */
const patience = 12_000;
const longestRound = 2500;

/** Sizes to measure, the least work first: growing batches of `length` tokens, and growing lengths up to `longest`. */
export function sizesToTime(length: number, longest: number): Size[] {
  const others = lengths.filter((other) => other !== length && other <= longest);
  const sizes = [
    ...batchSizes.map((batchSize) => ({ batchSize, length })),
    ...others.map((other) => ({ batchSize: fixedBatch, length: other })),
  ];
  return sizes.sort((a, b) => a.batchSize * a.length - b.batchSize * b.length || a.length - b.length);
}

/**
 * Medians by model, training paused. Models of one shape are measured as one. Every round runs each size of each shape
 * once, so that whatever else the machine does meets all of them alike.
 * @param pause awaited after each pass with the share that is done; what it throws ends the measurement
 */
export async function measureCurves(
  models: readonly { id: string; model: Model }[],
  { length, longest, pairs }: { length: number; longest: number; pairs: boolean },
  pause: Tell,
  now = () => performance.now(),
): Promise<LatencyCurves> {
  const shapes = new Map<string, Model>();
  for (const { model } of models) if (!shapes.has(shapeKey(model))) shapes.set(shapeKey(model), model);
  const sizes = sizesToTime(length, longest);
  const passes: ForwardPass[][] = [];
  let [round, last] = [0, 0];
  try {
    for (const [i, size] of sizes.entries()) {
      // A size may take as many times as long as it has more tokens.
      if (i >= leastSizes && round + (last * tokensOf(size)) / tokensOf(sizes[i - 1]) > longestRound) break;
      const own = [...shapes.values()].map(
        (model) => new ForwardPass(model, size.batchSize, size.length, pairs),
      );
      passes.push(own);
      // What is compiled or laid out at the first run is no part of a pass.
      for (const pass of own) await pass.run();
      await pause(((i + 0.5) / sizes.length) * warmingShare);
      const begun = now();
      for (const pass of own) await pass.run();
      last = now() - begun;
      round += last;
      await pause(((i + 1) / sizes.length) * warmingShare);
    }
    const runs = passes.flatMap((own) => own.map((pass) => () => pass.run()));
    const begun = now();
    let done = 0;
    const times = await timesInTurns(runs, {
      ...plan,
      patience,
      now,
      pause: () => {
        done += 1;
        const share = Math.max(done / (runs.length * plan.mostRuns), (now() - begun) / patience);
        return pause(warmingShare + (1 - warmingShare) * Math.min(1, share));
      },
    });
    const pointsOf = (shape: number): LatencyPoint[] =>
      passes.map((_, i) => {
        const { median: ms, middle, runs } = middleHalf(times[i * shapes.size + shape]);
        return { ...sizes[i], ms, middle, runs };
      });
    const byShape = new Map(
      [...shapes].map(([key, { shape, head = mlm }], i): [string, LatencyCurve] => [
        key,
        { points: pointsOf(i), flops: forwardFlops(shape, head, length) },
      ]),
    );
    return {
      length,
      batchSize: fixedBatch,
      leftOut: sizes.slice(passes.length),
      models: Object.fromEntries(models.map(({ id, model }) => [id, byShape.get(shapeKey(model))!])),
    };
  } finally {
    for (const pass of passes.flat()) pass.dispose();
  }
}

const tokensOf = ({ batchSize, length }: Size) => batchSize * length;

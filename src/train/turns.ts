/** Timing several things so that their times can be compared, and what a list of times comes to. */

export interface TurnPlan {
  /** Timed rounds, each with one run of everything. */
  mostRuns: number;
  /** Rounds that are made however long they take. */
  leastRuns: number;
  /** Rounds before, whose times are dropped. */
  warmUps: number;
  /** Milliseconds after which no round is begun beyond `leastRuns`. */
  patience: number;
  /** A clock in milliseconds. */
  now: () => number;
  /** Awaited after each run, so that commands are heard; it may reject to end the measurement. */
  pause: () => Promise<void>;
}

/**
 * Milliseconds of each run of each of `runs`, [runs][rounds]. They take turns, and each round goes the other way
 * round: what changes slowly, such as a processor that grows hot or a neighbour that wakes, meets all alike.
 */
export async function timesInTurns(
  runs: readonly (() => Promise<void>)[],
  { mostRuns, leastRuns, warmUps, patience, now, pause }: TurnPlan,
): Promise<number[][]> {
  const times = runs.map((): number[] => []);
  const begun = now();
  for (let round = -warmUps; round < mostRuns; round++) {
    if (round >= leastRuns && now() - begun > patience) break;
    const order = runs.map((_, i) => i);
    if (round % 2 !== 0) order.reverse();
    for (const i of order) {
      const start = now();
      await runs[i]();
      if (round >= 0) times[i].push(now() - start);
      await pause();
    }
  }
  return times;
}

/** The upper median, and the values that a quarter of the times lie below and above: half of them lie between. */
export function middleHalf(times: readonly number[]): {
  median: number;
  middle: [number, number];
  runs: number;
} {
  const sorted = [...times].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const quarter = Math.floor(last / 4);
  return {
    median: sorted[sorted.length >> 1],
    middle: [sorted[quarter], sorted[last - quarter]],
    runs: sorted.length,
  };
}

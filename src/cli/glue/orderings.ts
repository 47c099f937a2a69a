/** The papers' orderings, and whether they are found here: on the mean over tasks, paired by seed. */
import { type Verdict, verdict } from '../../statistics/verdict';
import type { ModelName } from './jobs';
import { paperOrderings } from './papers';
import { meanBySeed, type Table } from './table';

export interface Ordering extends Omit<Verdict, 'verdict'> {
  /** Ahead of `below` in the paper. */
  above: ModelName;
  below: ModelName;
  paper: string;
  found: 'found here' | 'not found' | "can't be told";
}

const words = { better: 'found here', worse: 'not found', "can't tell": "can't be told" } as const;

/**
 * Those of which both models stand in the table. Each has its own 95 % (a paired t-test); `difference` is `above` less
 * `below` in the mean over tasks. "not found" is said where the opposite was.
 */
export function orderingsOf(table: Pick<Table, 'rows' | 'tasks'>): Ordering[] {
  return paperOrderings.flatMap(([above, below, paper]) => {
    const [first, second] = [meanBySeed(table, above), meanBySeed(table, below)];
    const seeds = [...first.keys()].filter((seed) => second.has(seed));
    if (seeds.length === 0) return [];
    const differences = seeds.map((seed) => first.get(seed)! - second.get(seed)!);
    const { verdict: found, ...figures } = verdict(differences, { betterIs: 'higher' });
    return [{ above, below, paper, found: words[found], ...figures }];
  });
}

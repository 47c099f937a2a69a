/** The papers' orderings, and whether they are found here: on the mean over tasks, paired by seed. */
import { type Verdict, verdict } from '../../statistics/verdict';
import type { ModelName } from './jobs';
import { paperOrderings } from './papers';
import { meanBySeed, type Table } from './table';

export interface Ordering extends Omit<Verdict, 'verdict'> {
  /** Ahead of `below` in the paper. */
  above: ModelName;
  below: ModelName;
  /** Where the paper has it. */
  where: string;
  /** `notFound`: the opposite was. */
  found: 'found' | 'notFound' | 'cantTell';
}

const words = { better: 'found', worse: 'notFound', "can't tell": 'cantTell' } as const;

/**
 * Those of which both models stand in the table, by a paired t-test at 5 % for each; `difference` is `above` less `below`,
 * 0 to 1.
 */
export function orderingsOf(table: Pick<Table, 'rows' | 'tasks'>): Ordering[] {
  return paperOrderings.flatMap(([above, below, where]) => {
    const [first, second] = [meanBySeed(table, above), meanBySeed(table, below)];
    const seeds = [...first.keys()].filter((seed) => second.has(seed));
    if (seeds.length === 0) return [];
    const differences = seeds.map((seed) => first.get(seed)! - second.get(seed)!);
    const { verdict: said, ...figures } = verdict(differences, { betterIs: 'higher' });
    return [{ above, below, where, found: words[said], ...figures }];
  });
}

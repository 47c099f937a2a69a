import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountedWords, mergePairs } from '../../src/data/pairMerges';

/** Runs `merges` merges of letters numbered from 0; new pieces are numbered from 100. */
function run(merge: (words: CountedWords, join: Join) => void, words: CountedWords, merges: number) {
  const joined: string[] = [];
  merge(words, (left, right) => {
    if (joined.length === merges) return null;
    return 99 + joined.push(`${left}+${right}`);
  });
  return { joined, pieces: words.pieces };
}
type Join = Parameters<typeof mergePairs>[1];

/** The same by counting every pair again before each merge. */
function plainMerge({ pieces, counts }: CountedWords, join: Join): void {
  for (;;) {
    const pairs = new Map<string, { left: number; right: number; count: number }>();
    pieces.forEach((word, w) => {
      for (let i = 1; i < word.length; i++) {
        const key = `${word[i - 1]} ${word[i]}`;
        const pair = pairs.get(key) ?? { left: word[i - 1], right: word[i], count: 0 };
        pairs.set(key, { ...pair, count: pair.count + counts[w] });
      }
    });
    const [best] = [...pairs.values()].sort(
      (a, b) => b.count - a.count || a.left - b.left || a.right - b.right,
    );
    if (!best || best.count < 2) return;
    const id = join(best.left, best.right);
    if (id === null) return;
    pieces.forEach((word, w) => {
      const after: number[] = [];
      for (let i = 0; i < word.length; i++) {
        const found = word[i] === best.left && word[i + 1] === best.right;
        after.push(found ? id : word[i]);
        if (found) i++;
      }
      pieces[w] = after;
    });
  }
}

test('the most frequent pair is merged first', () => {
  // Letters: h 0, u 1, g 2, s 3, n 4. Counts: hug 10, hugs 5, nu 4.
  const words = {
    pieces: [
      [0, 1, 2],
      [0, 1, 2, 3],
      [4, 1],
    ],
    counts: [10, 5, 4],
  };
  const { joined, pieces } = run(mergePairs, words, 2);
  expect(joined).toEqual(['0+1', '100+2']);
  expect(pieces).toEqual([[101], [101, 3], [4, 1]]);
});

test('a pair that occurs once is not merged', () => {
  expect(run(mergePairs, { pieces: [[0, 1]], counts: [1] }, 5).joined).toEqual([]);
});

test('incremental counts give the same merges as counting again', () => {
  const word = fc.array(fc.nat(3), { minLength: 1, maxLength: 9 });
  const words = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 9 })), { maxLength: 25 });
  fc.assert(
    fc.property(words, (list) => {
      const copy = () => ({
        pieces: list.map(([pieces]) => [...pieces]),
        counts: list.map(([, count]) => count),
      });
      expect(run(mergePairs, copy(), 15)).toEqual(run(plainMerge, copy(), 15));
    }),
  );
});

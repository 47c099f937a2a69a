/** The merging loop of WordPiece training: the most frequent pair of neighbouring pieces becomes one piece. */
import { finish, type Slices, sliceLength } from './work';

/** Words as sequences of piece ids, and how often each word occurs. */
export interface CountedWords {
  /** Piece ids of each word; merged in place. */
  pieces: number[][];
  counts: readonly number[];
}

type Join = (left: number, right: number) => number | null;

interface Candidate {
  pair: number;
  count: number;
}

/** Ids stay under 2^16, so that a pair of them is one number. */
const pairOf = (left: number, right: number) => left * 65_536 + right;

/** Merges of pairs that occur once would learn single words by heart. */
const leastCount = 2;

/**
 * Merges until `join` declines or no pair occurs twice. Ties go to the pair of the smaller ids, so that the result
 * depends on the words alone. Only the words that hold a merged pair are counted again.
 * @param join makes the piece of two pieces and returns its id, or null to stop
 */
export const mergePairs = (words: CountedWords, join: Join): void => finish(mergingPairs(words, join));

/** The same in slices; how far it is, only `join` knows. */
export function* mergingPairs(words: CountedWords, join: Join): Slices<void> {
  const counts = new Map<number, number>();
  /** Words that hold, or held, a pair. */
  const wordsWith = new Map<number, number[]>();
  const add = (pair: number, count: number) => counts.set(pair, (counts.get(pair) ?? 0) + count);
  const remember = (pair: number, word: number) => {
    const list = wordsWith.get(pair);
    if (!list) wordsWith.set(pair, [word]);
    else if (list[list.length - 1] !== word) list.push(word);
  };

  let looked = 0;
  for (const [word, pieces] of words.pieces.entries()) {
    for (let i = 1; i < pieces.length; i++) {
      const pair = pairOf(pieces[i - 1], pieces[i]);
      add(pair, words.counts[word]);
      remember(pair, word);
    }
    looked += pieces.length;
    if (looked >= sliceLength) {
      looked = 0;
      yield 0;
    }
  }
  const queue = createQueue();
  for (const [pair, count] of counts) {
    queue.push({ pair, count });
    if (queue.size % sliceLength === 0) yield 0;
  }

  for (let best = queue.pop(); best; best = queue.pop()) {
    const count = counts.get(best.pair) ?? 0;
    if (count !== best.count) {
      // Out of date: its count has fallen since it was queued.
      if (count > 0 && count < best.count) queue.push({ pair: best.pair, count });
      continue;
    }
    if (count < leastCount) return;
    const left = Math.floor(best.pair / 65_536);
    const right = best.pair % 65_536;
    const joined = join(left, right);
    if (joined === null) return;

    const grown = new Set<number>();
    for (const word of wordsWith.get(best.pair) ?? []) {
      const before = words.pieces[word];
      looked += before.length;
      if (looked >= sliceLength) {
        looked = 0;
        yield 0;
      }
      const after = merged(before, left, right, joined);
      if (after.length === before.length) continue;
      words.pieces[word] = after;
      for (let i = 1; i < before.length; i++) add(pairOf(before[i - 1], before[i]), -words.counts[word]);
      for (let i = 1; i < after.length; i++) {
        const pair = pairOf(after[i - 1], after[i]);
        add(pair, words.counts[word]);
        if (after[i - 1] === joined || after[i] === joined) {
          remember(pair, word);
          grown.add(pair);
        }
      }
    }
    counts.delete(best.pair);
    wordsWith.delete(best.pair);
    for (const pair of grown) queue.push({ pair, count: counts.get(pair) ?? 0 });
  }
}

/** `pieces` with every `left, right` replaced by `joined`, from the left. */
function merged(pieces: readonly number[], left: number, right: number, joined: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < pieces.length; i++) {
    if (pieces[i] === left && pieces[i + 1] === right) {
      result.push(joined);
      i++;
    } else {
      result.push(pieces[i]);
    }
  }
  return result;
}

/** A binary heap: the highest count first, then the smaller pair. */
function createQueue() {
  const heap: Candidate[] = [];
  const before = (a: Candidate, b: Candidate) =>
    a.count > b.count || (a.count === b.count && a.pair < b.pair);
  return {
    get size() {
      return heap.length;
    },
    push(candidate: Candidate): void {
      let i = heap.push(candidate) - 1;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (!before(candidate, heap[parent])) break;
        heap[i] = heap[parent];
        i = parent;
      }
      heap[i] = candidate;
    },
    pop(): Candidate | undefined {
      const top = heap[0];
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return top;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], last)) break;
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = last;
      return top;
    },
  };
}
